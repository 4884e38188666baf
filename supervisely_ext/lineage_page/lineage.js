"use strict";
// Brings drawings of a lineage to life: pan, zoom, details. A page that puts a new drawing into a root calls mountLineage(root) again:
// view and choice stay. Texts are set as text only; links were checked where the page was made.
function mountLineage(root) {
  const LEAST_SCALE = 0.92, SMALLEST = 0.05, LARGEST = 4, STEP = 1.25, DRAG = 4, PAD = 12;
  const before = root.lineage;
  if (before) before.stop.abort();
  const canvas = root.querySelector(".canvas"), svg = canvas.querySelector("svg"), view = svg.querySelector(".view");
  const details = root.querySelector(".details");
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const nodes = [...svg.querySelectorAll("[data-node]")], arcs = [...svg.querySelectorAll("[data-arc]")];
  const size = { width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
  const stop = new AbortController(), listening = { signal: stop.signal };
  const now = { stop, x: 0, y: 0, scale: 1, chosen: null, fitted: null };
  root.lineage = now;
  root.classList.add("live");
  svg.removeAttribute("viewBox");

  // The widths that the texts were cut by are estimates; a wider typeface is made narrower.
  function squeeze() {
    const room = Number(svg.dataset.room);
    const wide = [...svg.querySelectorAll(".nodes text")].filter((text) => text.getComputedTextLength() > room);
    for (const text of wide) {
      text.setAttribute("textLength", room);
      text.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  }

  function show(x, y, scale, fitted = null) {
    Object.assign(now, { x, y, scale, fitted });
    view.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  }

  function fit(least) {
    const { clientWidth: width, clientHeight: height } = canvas;
    const whole = Math.min(1, (width - 2 * PAD) / size.width, (height - 2 * PAD) / size.height);
    const scale = Math.max(least, whole);
    const across = size.width * scale, down = size.height * scale;
    const start = height / 2 - Number(svg.dataset.start) * scale;
    show(
      across <= width ? (width - across) / 2 : 0,
      down <= height ? (height - down) / 2 : Math.min(0, Math.max(height - down, start)),
      scale,
      least,
    );
  }

  function zoom(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, now.scale * factor)), ratio = scale / now.scale;
    show(x - (x - now.x) * ratio, y - (y - now.y) * ratio, scale);
  }

  function placed(event) {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  function reveal(index) {
    const box = nodes[index].getBoundingClientRect(), frame = canvas.getBoundingClientRect();
    const nudge = (low, high, from, to) => (low < from + PAD ? from + PAD - low : high > to - PAD ? to - PAD - high : 0);
    show(
      now.x + nudge(box.left, box.right, frame.left, frame.right),
      now.y + nudge(box.top, box.bottom, frame.top, frame.bottom),
      now.scale,
    );
  }

  function reached(start, from, to) {
    const found = { nodes: new Set([start]), arcs: new Set() }, waiting = [start];
    while (waiting.length) {
      const node = waiting.pop();
      data.arcs.forEach((arc, index) => {
        if (arc[from] !== node) return;
        found.arcs.add(index);
        if (!found.nodes.has(arc[to])) { found.nodes.add(arc[to]); waiting.push(arc[to]); }
      });
    }
    return found;
  }

  function trace(index) {
    const parts = index === null ? [] : [reached(index, "source", "target"), reached(index, "target", "source")];
    view.classList.toggle("tracing", index !== null);
    nodes.forEach((node, at) => node.classList.toggle("traced", parts.some((part) => part.nodes.has(at))));
    arcs.forEach((arc, at) => arc.classList.toggle("traced", parts.some((part) => part.arcs.has(at))));
    nodes.forEach((node, at) => node.classList.toggle("chosen", at === index));
  }

  function element(name, text, properties = {}) {
    return Object.assign(document.createElement(name), { textContent: text ?? "" }, properties);
  }

  function listing(heading, ends) {
    const list = element("ul");
    for (const [arc, other] of ends) {
      const item = element("li"), go = element("button", data.nodes[other].label, { type: "button" });
      go.addEventListener("click", () => choose(other, true));
      item.append(go, element("small", arc.note));
      list.append(item);
    }
    return ends.length ? [element("h3", `${heading} (${ends.length})`), list] : [];
  }

  function fill(index) {
    const node = data.nodes[index], facts = element("dl");
    for (const [name, value, tone] of node.facts) facts.append(element("dt", name), element("dd", value, { className: tone ?? "" }));
    const close = element("button", "×", { type: "button", className: "close", ariaLabel: "Close details" });
    close.addEventListener("click", () => { choose(null); nodes[index].focus(); });
    const links = node.links.map(([title, href]) => {
      const line = element("p");
      line.append(element("a", title, { href, target: "_blank", rel: "noopener noreferrer" }));
      return line;
    });
    const into = data.arcs.filter((arc) => arc.target === index).map((arc) => [arc, arc.source]);
    const outOf = data.arcs.filter((arc) => arc.source === index).map((arc) => [arc, arc.target]);
    const about = node.description ? [element("p", node.description)] : [];
    const [first, second] = node.task ? ["Inputs", "Outputs"] : ["Made by", "Read by"];
    details.replaceChildren(close, element("h2", node.label), ...about, facts, ...links, ...listing(first, into), ...listing(second, outOf));
    details.scrollTop = 0;
  }

  function choose(index, move = false) {
    now.chosen = index === null ? null : data.nodes[index].key;
    trace(index);
    details.hidden = index === null;
    if (index === null) return;
    fill(index);
    reveal(index);
    if (move) nodes[index].focus({ preventScroll: true });
  }

  function neighbour(index, key) {
    if (key === "ArrowLeft") return data.arcs.find((arc) => arc.target === index)?.source;
    if (key === "ArrowRight") return data.arcs.find((arc) => arc.source === index)?.target;
    const boxes = nodes.map((node) => node.getBoundingClientRect()), here = boxes[index], down = key === "ArrowDown" ? 1 : -1;
    const beyond = boxes.map((box, at) => [at, (box.top - here.top) * down, Math.abs(box.left - here.left)]);
    return beyond.filter(([, away, aside]) => away > 1 && aside < 1).sort((one, other) => one[1] - other[1])[0]?.[0];
  }

  const keys = { "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), 0: () => fit(0), Escape: () => choose(null) };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = event.target.closest("[data-node]"), index = node ? Number(node.dataset.node) : null;
    let action = keys[event.key];
    if (node && (event.key === "Enter" || event.key === " ")) action = () => choose(index);
    if (node && event.key.startsWith("Arrow")) action = () => nodes[neighbour(index, event.key) ?? index].focus({ preventScroll: true });
    if (!action) return;
    event.preventDefault();
    action();
  }, listening);

  nodes.forEach((node, index) => {
    node.addEventListener("focus", () => { if (node.matches(":focus-visible")) reveal(index); }, listening);
  });

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = placed(event), lines = event.deltaMode === 1 ? 18 : 1;
    zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018)), x, y);
  }, { ...listening, passive: false });

  const held = new Map();
  let dragged = false;
  const centre = () => {
    const points = [...held.values()], sum = (key) => points.reduce((total, point) => total + point[key], 0) / points.length;
    const [one, other] = points;
    return { x: sum("x"), y: sum("y"), spread: other ? Math.hypot(one.x - other.x, one.y - other.y) : 0 };
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (!held.size) dragged = false;
    held.set(event.pointerId, placed(event));
  }, listening);
  canvas.addEventListener("pointermove", (event) => {
    const last = held.get(event.pointerId), here = placed(event);
    if (!last) return;
    if (!dragged && held.size === 1 && Math.hypot(here.x - last.x, here.y - last.y) < DRAG) return;
    if (!dragged) { dragged = true; canvas.classList.add("held"); canvas.setPointerCapture(event.pointerId); }
    const from = centre();
    held.set(event.pointerId, here);
    const to = centre();
    show(now.x + to.x - from.x, now.y + to.y - from.y, now.scale);
    if (from.spread && to.spread) zoom(to.spread / from.spread, to.x, to.y);
  }, listening);
  const release = (event) => { held.delete(event.pointerId); if (!held.size) canvas.classList.remove("held"); };
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(name, release, listening);
  window.addEventListener("pointerup", release, listening);
  canvas.addEventListener("click", (event) => {
    if (dragged) return;
    const node = event.target.closest("[data-node]");
    choose(node ? Number(node.dataset.node) : null);
  }, listening);

  for (const [name, action] of [["in", () => zoom(STEP)], ["out", () => zoom(1 / STEP)], ["fit", () => fit(0)]])
    root.querySelector(`[data-zoom='${name}']`).addEventListener("click", action, listening);

  // A frame has no size yet when its page is read, and a phone may be turned; a view that somebody chose stays.
  const sizes = new ResizeObserver(() => { if (now.fitted !== null) fit(now.fitted); });
  sizes.observe(canvas);
  stop.signal.addEventListener("abort", () => sizes.disconnect());

  squeeze();
  if (before) show(before.x, before.y, before.scale, before.fitted);
  else fit(LEAST_SCALE);
  const kept = before ? data.nodes.findIndex((node) => node.key === before.chosen) : -1;
  if (kept >= 0) { now.chosen = before.chosen; trace(kept); fill(kept); }
  else details.hidden = true;
}

document.querySelectorAll("[data-lineage]").forEach(mountLineage);
