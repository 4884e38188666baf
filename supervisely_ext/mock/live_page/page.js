// Follows the platform: asks once a second what is new, while the page is to be seen.
(() => {
  const EVERY = 1000, PATIENCE = 10000;
  const find = (id) => document.getElementById(id), count = (name) => document.querySelector(`[data-count="${name}"]`);

  async function ask(path) {
    const answer = await fetch(`/__mock__/${path}`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  }

  const parts = [taskList(find("tasks")), requestList(find("requests")), workflows(find("workflow"), ask)];
  let cursor = "", timer = 0, asking = false;

  function tell(state, text) {
    const place = find("connection");
    place.className = state;
    setText(place, text);
    document.body.classList.toggle("stale", state === "lost");
  }

  function short(number) {
    return number.toLocaleString("en", { notation: "compact" });
  }

  function showHead(news) {
    const { date, time, whole } = moment(news.now);
    setText(find("now"), `${date} ${time}`);
    find("now").title = whole;
    setText(find("clock"), `UTC · ${news.clock} clock`);
    setText(find("about"), `validation ${news.validate} · version ${news.version}`);
    setText(count("tasks"), short(Object.values(news.statuses).reduce((sum, some) => sum + some, 0)));
    setText(count("edges"), short(news.teams.reduce((sum, team) => sum + team.edges, 0)));
    setText(count("requests"), short(news.journal.count));
    setText(count("broken"), `${short(news.journal.broken)} bad`);
    count("broken").hidden = !news.journal.broken;
  }

  function show(news) {
    cursor = news.cursor;
    showHead(news);
    for (const part of parts) part(news);
    tell("live", "live");
  }

  async function follow() {
    clearTimeout(timer);
    if (asking || document.hidden) return;
    asking = true;
    const news = await ask(`page?after=${encodeURIComponent(cursor)}`).catch(() => null);
    asking = false;
    if (!document.hidden) timer = setTimeout(follow, EVERY);
    if (news) show(news);
    else tell("lost", "Connection lost. Trying again every second.");
  }

  document.addEventListener("visibilitychange", follow);
  follow();
})();
