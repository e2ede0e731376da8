"use strict";
(() => {
  const theme = JSON.parse(document.getElementById("theme").textContent);
  const config = { displayModeBar: false, displaylogo: false, showTips: false, responsive: true, locale: theme.locale.name };
  const narrow = window.matchMedia("screen and (max-width: 44rem)");

  const roomy = (own) => ({ ...own, template: theme.template, separators: theme.locale.separators });
  // Where ticks are given, as many are named as have room: plotly thins out only those it makes itself.
  const thinned = ({ tickvals, ticktext, dtick, range, ...axis } = {}, most) => {
    const every = (count) => Math.ceil(count / most);
    if (tickvals) {
      const kept = (_, place) => place % every(tickvals.length) === 0;
      return { ...axis, range, tickvals: tickvals.filter(kept), ticktext: ticktext.filter(kept) };
    }
    if (!dtick || !range) return { ...axis, range, dtick };
    const [from, to] = range.map((end) => Date.parse(end) / 2.63e9);
    const count = typeof dtick === "string" ? (to - from) / dtick.slice(1) : (range[1] - range[0]) / dtick;
    return { ...axis, range, dtick, ticklabelstep: every(Math.floor(count)) };
  };
  // Names at the ends of lines need room; where there is none, short ones stand there, or letters that the list above the chart explains.
  const tight = (own, where) => {
    const { texts, [where]: places, room = Math.min(own.margin.r, 100) } = own.meta ?? {};
    // The ends of lines come first.
    const annotations = (own.annotations ?? []).map((one, place) => (texts && place < texts.length ? { ...one, text: texts[place], y: places[place] } : one));
    const phone = where === "phone";
    // What lies counts along its foot, and a sum of money is long.
    const nticks = phone && own.yaxis?.type === "category" ? 3 : 5;
    return { ...roomy(own), annotations, xaxis: { ...thinned(own.xaxis, phone ? 5 : 8), nticks }, margin: { ...own.margin, r: room } };
  };
  const layout = (own) => narrow.matches ? tight(own, "phone") : roomy(own);

  const plots = [...document.querySelectorAll("script[data-figure]")].map((script) => {
    return { where: script.parentElement.querySelector(".plot"), own: JSON.parse(script.textContent) };
  });
  // Drawn anew, from an empty place: one that is only changed has no height any more as soon as its width changes (plotly.js, issue 4856).
  const draw = () => Promise.all(plots.map(({ where, own }) => {
    Plotly.purge(where);
    return Plotly.newPlot(where, own.data, layout(own.layout), config);
  }));
  const margin = (name, words) => document.documentElement.style.setProperty(name, JSON.stringify(words));
  margin("--running", document.title);
  margin("--standing", [...document.querySelectorAll("header .stamps span")].map(({ textContent }) => textContent).join(" – "));
  // A pattern becomes dots on paper: its lines are drawn one by one over the bar.
  const hatch = (bar) => {
    const pattern = document.getElementById(bar.style.fill.split(/[#"]/)[2]);
    const { x, y, width, height } = bar.getBBox();
    const lines = bar.cloneNode();
    let path = "";
    for (let place = 7 - height; place < width; place += 7) {
      const [from, to] = [Math.max(place, 0), Math.min(place + height, width)];
      path += `M${x + from} ${y + height + place - from}L${x + to} ${y + height + place - to}`;
    }
    lines.setAttribute("d", path);
    Object.assign(lines.style, { fill: "none", stroke: "#ffffff", strokeWidth: "1.5px", strokeOpacity: 0.5 });
    bar.style.fill = pattern.querySelector("rect").getAttribute("fill");
    bar.after(lines);
  };
  // A browser lays a page out for paper without telling the charts: they get the width of an A4 sheet between its margins, or of one of
  // the two columns on it, and a height and a letter that fit it. Drawn anew: one that is only changed moves for a while.
  const onPaper = ({ where, own }) => {
    const half = where.closest(".panels, .half");
    const fit = half ? tight(own.layout, "paper") : roomy(own.layout);
    const lies = own.layout.yaxis?.type === "category";
    const size = half ? { width: 335, height: lies ? own.layout.height * 0.5 : 150 } : { width: 695, height: Math.min(own.layout.height, 270) };
    const margin = { ...fit.margin, r: fit.margin.r * 0.75, b: Math.min(fit.margin.b, 34), t: 8 };
    const annotations = (fit.annotations ?? []).map((one) => ({ ...one, font: { ...one.font, size: 9 } }));
    const xaxis = { ...fit.xaxis, title: { ...fit.xaxis?.title, font: { size: 9 } } };
    // Lines, dots and the white edges of bars get thinner with the chart.
    const thinner = (size) => Array.isArray(size) ? size.map(thinner) : size && size * (half ? 0.55 : 0.8);
    const data = own.data.map(({ line, marker, ...one }) => ({
      ...one,
      ...line && { line: { ...line, width: thinner(line.width) } },
      ...marker && { marker: { ...marker, size: thinner(marker.size), ...marker.line && { line: { ...marker.line, width: thinner(marker.line.width) } } } },
    }));
    Plotly.newPlot(where, data, { ...fit, ...size, margin, annotations, xaxis, font: { size: 9 } }, config);
    where.querySelectorAll(".bars .pattern_filled").forEach(hatch);
  };

  // What stands behind a figure: it names the parts of it by number, and each says its pieces under a name.
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const dialog = document.getElementById("explanation");
  const explain = (figure) => {
    const said = new Map();
    figure.dataset.of.split(" ").flatMap((part) => facts.parts[part]).forEach(([name, ...pieces]) => {
      const text = pieces.map((piece) => facts.words[piece]).join("");
      said.set(name, said.has(name) ? said.get(name) + facts.names[name][1] + text : text);
    });
    const [[, title], ...lines] = [...said].sort(([one], [other]) => one - other);
    const told = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    dialog.querySelector("h2").textContent = title;
    dialog.querySelector("strong").textContent = (figure.querySelector("strong") ?? figure.firstChild).textContent.trim();
    dialog.querySelector("dl").replaceChildren(...lines.flatMap(([name, text]) => [told("dt", facts.names[name][0]), told("dd", text)]));
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  // In a table one figure is reached by the tabulator, the others from there by the arrows.
  const grids = [...document.querySelectorAll("table:has([data-of])")];
  const visible = (figure) => !figure.closest("[hidden]");
  const enter = (grid, figure) => {
    grid.querySelectorAll("[tabindex='0']").forEach((one) => { one.tabIndex = -1; });
    if (figure) figure.tabIndex = 0;
  };
  const first = (grid) => [...grid.querySelectorAll("[data-of]")].find(visible);
  const beside = (figure, key) => {
    const row = [...figure.parentElement.cells];
    const column = [...figure.closest("table").rows].map(({ cells }) => cells[figure.cellIndex]);
    const line = key === "ArrowLeft" || key === "ArrowRight" ? row : column;
    const there = line.filter((cell) => cell?.dataset.of && visible(cell));
    return there[there.indexOf(figure) + (key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1)];
  };
  // Nothing opens on paper, and whoever hears a printed page must not be told of buttons.
  const openable = (can) => document.querySelectorAll("[data-of]").forEach((figure) => {
    figure.ariaHasPopup = can ? "dialog" : null;
    if (!figure.closest("table")) figure.role = can ? "button" : null;
  });
  document.querySelectorAll("[data-of]").forEach((figure) => { figure.tabIndex = figure.closest("table") ? -1 : 0; });
  openable(true);
  grids.forEach((grid) => {
    grid.setAttribute("role", "grid");
    enter(grid, first(grid));
    grid.addEventListener("focusin", ({ target }) => { if (target.dataset.of) enter(grid, target); });
  });
  document.addEventListener("click", ({ target }) => {
    const figure = target.closest("[data-of]");
    if (figure && !String(getSelection())) explain(figure);
    if (target === dialog || target.parentElement === dialog && target.type === "button") dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    const figure = event.target.closest("[data-of]");
    if (!figure || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = event.key.startsWith("Arrow") && figure.closest("table") ? beside(figure, event.key) : null;
    if (event.key === "Enter" || event.key === " ") explain(figure);
    else if (next) next.focus();
    else return;
    event.preventDefault();
  });
  document.getElementById("opens").hidden = !document.querySelector("[data-of]");

  // A table's choices: a row is shown where its head has each value chosen among its words. Without this script all rows are there.
  document.querySelectorAll(".filters").forEach((box) => {
    const choices = [...box.querySelectorAll("select")];
    const heads = [...box.parentElement.querySelectorAll("tbody th")];
    const shown = (head) => choices.every(({ value, dataset }) => !value || (head.dataset[dataset.filter] ?? "").split(" ").includes(value));
    const apply = () => {
      heads.forEach((head) => { head.parentElement.hidden = !shown(head); });
      grids.filter((grid) => box.parentElement.contains(grid)).forEach((grid) => enter(grid, first(grid)));
      box.querySelector("output").textContent = `${heads.filter(shown).length} ${box.dataset.among} ${heads.length}`;
    };
    choices.forEach((choice) => choice.addEventListener("change", () => { box.dataset.chosen = ""; apply(); }));
    box.hidden = false;
    apply();
    // Paper cannot be asked: it gets every row unless the reader has chosen.
    let before;
    window.addEventListener("beforeprint", () => {
      before = choices.map(({ value }) => value);
      if (!("chosen" in box.dataset)) choices.forEach((choice) => { choice.value = ""; });
      box.hidden = choices.every(({ value }) => !value);
      apply();
    });
    window.addEventListener("afterprint", () => {
      choices.forEach((choice, place) => { choice.value = before[place]; });
      box.hidden = false;
      apply();
    });
  });
  // A sign says under the pointer what it says to whoever hears it.
  document.querySelectorAll(".matrix .state small").forEach((said) => { said.parentElement.title = said.textContent; });
  document.querySelectorAll("[data-colour]").forEach((key) => { key.style.background = key.dataset.colour; });
  document.querySelectorAll(".wide").forEach((box) => { box.scrollLeft = box.querySelector(".matrix") ? box.scrollWidth : 0; });

  // What indicators mean stands under each figure; on paper it is told once, at the end.
  const meant = new Map();
  document.querySelectorAll(".block .about dt:not(:first-child)").forEach((term) => {
    meant.set(term.textContent + term.nextElementSibling.textContent, [term, term.nextElementSibling]);
  });
  const defined = [...meant.values()].sort(([one], [other]) => one.textContent.localeCompare(other.textContent, theme.locale.name));
  document.querySelector("#definitions dl").append(...defined.flat().map((told) => told.cloneNode(true)));

  // The library lies in the file packed, and runs only because the page's policy names its hash.
  const load = async () => {
    const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent), (sign) => sign.charCodeAt(0));
    const script = document.createElement("script");
    script.textContent = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
    document.head.append(script);
    Plotly.register({ moduleType: "locale", name: theme.locale.name, dictionary: {}, format: theme.locale.format });
  };
  const drawn = async () => {
    await load();
    await draw();
    narrow.addEventListener("change", draw);
    // On its way to paper a narrow page is told that it is none any more.
    window.addEventListener("beforeprint", () => {
      narrow.removeEventListener("change", draw);
      openable(false);
      plots.forEach(onPaper);
    });
    window.addEventListener("afterprint", () => {
      narrow.addEventListener("change", draw);
      openable(true);
      draw();
    });
    document.documentElement.dataset.drawn = plots.length;
  };
  drawn().catch(() => plots.forEach(({ where }) => { where.textContent = document.querySelector("main").dataset.undrawn; }));
})();
