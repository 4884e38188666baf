"use strict";
// How the parts of the page make elements, and write times. Texts are only ever set as text.
function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content.filter((part) => part !== ""));
  return made;
}

function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

function counted(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function moment(seconds) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return { date: "", time: `${seconds} s`, whole: `${seconds} s` };
  const [day, time] = date.toISOString().split("T");
  return { date: day, time: time.slice(0, 8), whole: `${day} ${time.slice(0, 12)} UTC` };
}

function duration(seconds) {
  const steps = [[86400, "d", 3600, "h"], [3600, "h", 60, "min"], [60, "min", 1, "s"]];
  for (const [large, name, small, part] of steps)
    if (seconds >= large) return `${Math.floor(seconds / large)} ${name} ${Math.floor((seconds % large) / small)} ${part}`;
  return seconds > 0 && seconds < 10 ? `${Math.max(0.1, seconds).toFixed(1)} s` : `${Math.round(seconds)} s`;
}

// Brings the children of a list into this order; those that stay in place keep the focus.
function arrange(list, wanted) {
  const staying = new Set(wanted);
  for (const child of [...list.children]) if (!staying.has(child)) child.remove();
  wanted.forEach((child, index) => { if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null); });
}
