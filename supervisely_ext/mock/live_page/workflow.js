// The workflow of each team: the drawing that the server makes, and the same as a list.
function workflows(root, ask) {
  // A drawing may take the server some time, in which it answers nobody: it is asked for this many times more rarely.
  const REST = 10;
  const body = root.querySelector(".body"), note = root.querySelector(".note"), empty = body.querySelector(".empty"), shown = new Map();

  function makeTeam(team) {
    const drawing = element("div", "drawing"), list = element("table"), rows = element("tbody"), count = element("span", "note");
    const title = element("h3", "", element("bdi", "", team.name), " ", count);
    const head = element("thead", "", element("tr", "", ...["From", "To", "What"].map((name) => element("th", "", name))));
    for (const cell of head.querySelectorAll("th")) cell.scope = "col";
    list.append(head, rows);
    const summary = element("summary", "", "As a list");
    const made = element("section", "team", title, drawing, element("details", "edges", summary, list));
    made.setAttribute("aria-label", `Workflow of ${team.name}`);
    return { made, drawing, rows, count, revision: "", asking: false, earliest: 0 };
  }

  async function draw(team, place) {
    const begun = performance.now();
    place.asking = true;
    try {
      const drawn = await ask(`page/workflow?team=${team.id}`);
      const took = performance.now() - begun;
      place.earliest = performance.now() + took * REST;
      put(place, drawn);
    } catch {
      // the poll finds out, and says, that the connection is lost; the next one asks again
    } finally {
      place.asking = false;
    }
  }

  function put(place, { drawing, arcs, revision }) {
    const tooLarge = element("p", "empty", "Too many edges to draw: they stand in the list.");
    place.drawing.classList.toggle("none", !drawing);
    if (drawing) redraw(place.drawing, drawing);
    else place.drawing.replaceChildren(tooLarge);
    place.rows.replaceChildren(...arcs.map((arc) => element("tr", "", ...[arc.source, arc.target, arc.kinds].map((text) => element("td", "", element("bdi", "", text))))));
    place.revision = revision;
  }

  // View, choice and focus stay: the old root is filled anew.
  function redraw(frame, drawing) {
    const made = element("template");
    made.innerHTML = drawing; // made by the server's renderer, which escapes every name
    const fresh = made.content.firstElementChild, root = frame.querySelector(".lineage");
    if (!root) frame.replaceChildren(fresh);
    const focused = root?.contains(document.activeElement) ? document.activeElement : null;
    const keyOf = (data, index) => data.nodes[index]?.key, read = (part) => JSON.parse(part.querySelector("script").textContent);
    const key = focused?.dataset.node === undefined ? null : keyOf(read(root), Number(focused.dataset.node));
    const scrolled = root?.querySelector(".details").scrollTop ?? 0;
    if (root) root.replaceChildren(...fresh.childNodes);
    const now = root ?? fresh;
    mountLineage(now);
    now.querySelector(".details").scrollTop = scrolled;
    const at = key === null ? -1 : read(now).nodes.findIndex((node) => node.key === key);
    if (at >= 0) now.querySelector(`[data-node="${at}"]`).focus({ preventScroll: true });
    else if (focused?.dataset.zoom) now.querySelector(`[data-zoom="${focused.dataset.zoom}"]`).focus();
  }

  // Nothing is drawn anew under a hand.
  let held = false;
  body.addEventListener("pointerdown", () => { held = true; });
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, () => { held = false; });

  return (news) => {
    const edges = news.teams.reduce((sum, team) => sum + team.edges, 0);
    const whose = news.teams.length === 1 ? news.teams[0].name : counted(news.teams.length, "team");
    setText(note, edges ? `${whose} · ${counted(edges, "edge")}` : "");
    empty.hidden = edges > 0;
    const ids = new Set(news.teams.map((team) => team.id));
    for (const [id, place] of shown) if (!ids.has(id)) { place.made.remove(); shown.delete(id); }
    for (const team of news.teams) {
      if (!shown.has(team.id)) {
        shown.set(team.id, makeTeam(team));
        body.append(shown.get(team.id).made);
      }
      const place = shown.get(team.id);
      setText(place.count, counted(team.edges, "edge"));
      const due = place.revision !== team.revision && performance.now() >= place.earliest;
      if (due && !place.asking && !held) draw(team, place);
    }
  };
}
