"use strict";
(() => {
  const theme = JSON.parse(document.getElementById("theme").textContent);
  Plotly.register({ moduleType: "locale", name: "fr-CH", dictionary: {}, format: theme.locale });
  const config = { displayModeBar: false, displaylogo: false, showTips: false, responsive: true, locale: "fr-CH" };
  const narrow = window.matchMedia("screen and (max-width: 44rem)");

  // Names at the ends of lines need room; where there is none, the list above the chart names them.
  const layout = (own) => {
    const roomy = { ...own, template: theme.template };
    if (!narrow.matches) return roomy;
    const annotations = (own.annotations ?? []).filter((one) => one.name !== "end-label");
    const xaxis = { ...own.xaxis, nticks: 5 };
    const named = (own.annotations ?? []).some((one) => one.name === "short-label");
    return { ...roomy, annotations, xaxis, margin: { ...own.margin, r: Math.min(own.margin.r, named ? 100 : 40) } };
  };

  const plots = [...document.querySelectorAll("script[data-figure]")].map((script) => {
    return { where: script.parentElement.querySelector(".plot"), own: JSON.parse(script.textContent) };
  });
  const draw = () => Promise.all(plots.map(({ where, own }) => Plotly.react(where, own.data, layout(own.layout), config)));
  // A browser lays a page out for paper without telling the charts: they get the width of an A4 sheet between its margins,
  // and a height and a letter that leave room for two on it.
  const sized = (size) => () => plots.forEach(({ where, own }) => Plotly.relayout(where, size(own.layout.height)));

  // A table's choices: a row is shown where its head has each value chosen among its words. Without this script all rows are there.
  document.querySelectorAll(".filters").forEach((box) => {
    const choices = [...box.querySelectorAll("select")];
    const heads = [...box.parentElement.querySelectorAll("tbody th")];
    const shown = (head) => choices.every(({ value, dataset }) => !value || (head.dataset[dataset.filter] ?? "").split(" ").includes(value));
    const apply = () => {
      heads.forEach((head) => { head.parentElement.hidden = !shown(head); });
      box.querySelector("output").textContent = `${heads.filter(shown).length} sur ${heads.length}`;
    };
    choices.forEach((choice) => choice.addEventListener("change", apply));
    box.hidden = false;
    apply();
  });
  document.querySelectorAll("[data-colour]").forEach((key) => { key.style.background = key.dataset.colour; });
  document.querySelectorAll(".wide").forEach((box) => { box.scrollLeft = box.querySelector(".matrix") ? box.scrollWidth : 0; });
  narrow.addEventListener("change", draw);
  window.addEventListener("beforeprint", sized((height) => ({ width: 680, height: Math.min(height, 300), "font.size": 10 })));
  window.addEventListener("afterprint", sized((height) => ({ width: null, height, autosize: true, "font.size": theme.template.layout.font.size })));
  draw().then(() => { document.documentElement.dataset.drawn = plots.length; });
})();
