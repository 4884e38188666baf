// The journal, newest first; what breaks the spec is red. Of very many the newest are kept, and the newest of the red ones.
function requestList(root) {
  const KEPT = 300;
  const list = root.querySelector(".rows"), note = root.querySelector(".note"), only = root.querySelector("input");
  const empty = root.querySelector(".empty"), kept = [];

  function makeRow(entry) {
    const box = element("details", "request"), line = element("summary"), at = moment(entry.time);
    const failed = entry.broken ? "bad" : entry.fault ? "ending" : entry.status >= 400 ? "failed" : "";
    const time = element("time", "", at.time), name = element("bdi", "name", entry.operation || entry.path);
    time.title = at.whole;
    const status = element("span", `code ${failed}`, entry.status ? String(entry.status) : "–");
    line.append(element("span", "id", String(entry.number)), time, name, status);
    for (const remark of entry.remarks) line.append(element("span", `remark ${failed}`, element("bdi", "", remark)));
    box.append(line, element("p", "sent", element("bdi", "", `${entry.verb} ${entry.path}`)));
    if (entry.body) box.append(element("pre", "", entry.body));
    return element("li", entry.broken ? "broken" : "", box);
  }

  function trim() {
    for (const broken of [true, false]) {
      const some = kept.filter((row) => row.broken === broken);
      for (const row of some.slice(0, Math.max(0, some.length - KEPT))) {
        row.made.remove();
        kept.splice(kept.indexOf(row), 1);
      }
    }
  }

  function tell(count, broken) {
    const all = kept.length === count ? counted(count, "request") : `last ${kept.length.toLocaleString("en")} of ${count.toLocaleString("en")}`;
    note.replaceChildren(all, ...(broken ? [" · ", element("b", "bad", `${broken.toLocaleString("en")} ${broken === 1 ? "breaks" : "break"} the spec`)] : []));
    empty.hidden = list.querySelector(only.checked ? ".broken" : "li") !== null;
    setText(empty, only.checked ? "No request breaks the spec." : "No requests yet.");
  }

  let last = { count: 0, broken: 0 };
  only.addEventListener("change", () => {
    list.classList.toggle("only-broken", only.checked);
    tell(last.count, last.broken);
  });
  return (news) => {
    if (news.fresh) { kept.length = 0; list.replaceChildren(); }
    for (const entry of news.journal.entries) {
      const made = makeRow(entry);
      kept.push({ made, broken: entry.broken });
      list.prepend(made);
    }
    trim();
    last = news.journal;
    tell(last.count, last.broken);
  };
}
