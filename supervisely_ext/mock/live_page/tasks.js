// The tasks, newest first: a line each, which opens to its whole history.
function taskList(root) {
  const AT_FIRST = 100, MORE = 400;
  const tones = JSON.parse(document.documentElement.dataset.tones), ends = new Set(["finished", "stopped", "error"]);
  const list = root.querySelector(".rows"), chips = root.querySelector(".chips"), more = root.querySelector(".more");
  const agents = root.querySelector(".agents"), empty = root.querySelector(".empty");
  const tasks = new Map(), rows = new Map(), buttons = new Map();
  let chosen = null, limit = AT_FIRST, now = 0, statuses = {};
  root.querySelector(".address").textContent = location.origin;
  const toneOf = (status) => tones[status] ?? "other";
  const statusOf = (task) => task.history[task.history.length - 1][0];

  // What lasted: every status but an end has a length, to the next one or to now.
  function spans(task) {
    return task.history.map(([status, at, message], index) => {
      const next = task.history[index + 1], last = !next && ends.has(status);
      return { status, at, message, end: last, seconds: last ? 0 : Math.max(0, (next ? next[1] : now) - at) };
    });
  }

  function told(span) {
    return `${span.status}${span.end ? "" : ` ${duration(span.seconds)}`}`;
  }

  function makeRow(task) {
    const row = element("li"), box = element("details", "task"), bar = element("span", "bar"), line = element("summary");
    const status = element("span", "status"), agent = element("span", "agent"), time = element("span", "time"), said = element("bdi"), history = element("ol", "history");
    const title = task.name || task.app, below = task.name && task.app !== task.name ? task.app : "";
    const name = element("span", "name", element("bdi", "", title));
    name.title = title;
    bar.setAttribute("role", "img");
    if (below) agent.append(element("bdi", "", below), " · ");
    agent.dataset.id = task.id;
    const place = element("bdi");
    agent.append(place);
    line.append(element("span", "id", String(task.id)), name, bar, status, agent, time, said);
    box.append(line, history);
    row.append(box);
    const made = { row, box, bar, status, time, place, said, history, segments: [] };
    box.addEventListener("toggle", () => refresh(made, tasks.get(task.id)));
    return made;
  }

  function refresh(made, task) {
    const parts = spans(task), status = statusOf(task), total = parts.reduce((sum, part) => sum + part.seconds, 0);
    setText(made.status, status);
    made.status.className = `status ${toneOf(status)}`;
    made.said.className = `said ${toneOf(status)}`;
    setText(made.said, parts[parts.length - 1].message);
    setText(made.time, duration(total));
    setText(made.place, task.agent ?? "any agent");
    made.bar.setAttribute("aria-label", parts.map(told).join(", "));
    while (made.segments.length < parts.length) made.segments.push(made.bar.appendChild(element("i")));
    while (made.segments.length > parts.length) made.segments.pop().remove();
    parts.forEach((part, index) => {
      const segment = made.segments[index];
      segment.className = `${toneOf(part.status)} ${part.end ? "end" : ""}`;
      segment.dataset.status = part.status;
      segment.title = told(part);
      segment.style.flexGrow = part.end ? 0 : total ? part.seconds / total : 1;
    });
    if (made.box.open) made.history.replaceChildren(...parts.map(historyLine));
  }

  function historyLine(part) {
    const at = moment(part.at), time = element("time", "", at.time);
    time.title = at.whole;
    const status = element("span", `status ${toneOf(part.status)}`, part.status);
    return element("li", "", time, status, element("span", "time", part.end ? "" : duration(part.seconds)), element("bdi", "message", part.message));
  }

  function showChips() {
    const total = Object.values(statuses).reduce((sum, count) => sum + count, 0), known = { all: total, ...statuses };
    for (const [name, count] of Object.entries(known)) {
      if (!buttons.has(name)) buttons.set(name, chip(name));
      setText(buttons.get(name).lastChild, count.toLocaleString("en"));
    }
    const order = ["all", ...Object.keys(tones), ...Object.keys(statuses)].filter((name, index, all) => all.indexOf(name) === index);
    const shown = total ? order.filter((name) => known[name] || name === (chosen ?? "all")) : [];
    for (const [name, button] of buttons) button.setAttribute("aria-pressed", String(name === (chosen ?? "all")));
    if (chosen && !known[chosen]) setText(buttons.get(chosen).lastChild, "0");
    arrange(chips, shown.map((name) => buttons.get(name)));
  }

  function chip(name) {
    const button = element("button", name === "all" ? "" : toneOf(name), `${name} `, element("b"));
    button.type = "button";
    button.addEventListener("click", () => { chosen = name === "all" ? null : name; limit = AT_FIRST; show(); });
    return button;
  }

  function show() {
    showChips();
    const ids = [...tasks.keys()].filter((id) => !chosen || statusOf(tasks.get(id)) === chosen).sort((one, other) => other - one);
    const wanted = ids.slice(0, limit);
    arrange(list, wanted.map((id) => {
      const made = rows.get(id) ?? makeRow(tasks.get(id));
      rows.set(id, made);
      refresh(made, tasks.get(id));
      return made.row;
    }));
    const rest = ids.length - wanted.length;
    more.hidden = !rest;
    setText(more, `Show ${Math.min(rest, MORE)} of ${rest.toLocaleString("en")} older`);
    empty.hidden = tasks.size > 0;
  }

  function showAgents(known) {
    const away = known.filter((agent) => !agent.online).length, busy = known.filter((agent) => agent.tasks).length;
    setText(agents.querySelector("summary"), [counted(known.length, "agent"), `${busy} at work`, away ? `${away} gone` : ""].filter(Boolean).join(" · "));
    const lines = known.map((agent) => {
      const room = agent.capacity === null ? counted(agent.tasks, "task") : `${agent.tasks} of ${counted(agent.capacity, "task")}`;
      return [agent.name, [agent.online ? room : `gone, with ${room}`, agent.gpu ? "GPU" : "no GPU"].join(" · "), agent.online];
    });
    agents.querySelector("ul").replaceChildren(...lines.map(([name, text, online]) => element("li", online ? "" : "ending", element("bdi", "", name), element("span", "", text))));
  }

  more.addEventListener("click", () => { limit += MORE; show(); });
  return (news) => {
    now = news.now;
    statuses = news.statuses;
    if (news.fresh) { tasks.clear(); rows.clear(); }
    for (const task of news.tasks) tasks.set(task.id, task);
    showAgents(news.agents);
    show();
  };
}
