'use strict';
/* Draws tables of numbers as lines, which differ in their dashes and have their names at their ends. Without this the
   tables are open. */
(() => {
  const DASHES = [[], [9, 4], [2, 4]];
  const HEIGHT = 220;
  const LINE = 15;
  const LABEL = 130;
  const ratio = () => window.devicePixelRatio || 1;
  const font = size => size + 'px Arial, sans-serif';

  /* As many of the times as have room for their names, which the table has, in its time zone; none at the very end. */
  const ticks = (times, width) => {
    const step = Math.max(1, Math.ceil(times.length * LABEL / width));
    return times.filter((time, i) => (times.length - 1 - i) % step === Math.floor(step / 2));
  };

  /* Names at the ends of the lines, moved apart where they would touch. */
  const names = (chart, series, colour) => {
    const context = chart.ctx;
    const step = LINE * ratio();
    const ends = series.map((name, i) => {
      const values = chart.data[i + 1];
      const last = values.findLast(value => value !== null);
      return {name, y: last === undefined ? null : chart.valToPos(last, 'y', true)};
    }).filter(end => end.y !== null).sort((one, other) => one.y - other.y);
    ends.forEach((end, i) => { end.y = i === 0 ? end.y : Math.max(end.y, ends[i - 1].y + step); });
    const lowest = chart.bbox.top + chart.bbox.height;
    for (let i = ends.length - 1, most = lowest; i >= 0; i--, most -= step) {
      ends[i].y = Math.min(ends[i].y, most);
    }
    context.save();
    context.font = font(12 * ratio());
    context.fillStyle = colour;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    ends.forEach(end => context.fillText(end.name, chart.bbox.left + chart.bbox.width + 8 * ratio(), end.y));
    context.restore();
  };

  const draw = place => {
    const table = document.getElementById(place.dataset.table);
    const rows = [...table.tBodies[0].rows];
    const series = [...table.tHead.rows[0].cells].slice(1).map(cell => cell.textContent);
    const data = [rows.map(row => Number(row.dataset.time)), ...series.map((name, i) => rows.map(row => {
      const value = row.cells[i + 1].dataset.value;
      return value === '' ? null : Number(value);
    }))];
    const style = getComputedStyle(place);
    const colour = name => style.getPropertyValue(name).trim();
    const times = new Map(rows.map(row => [Number(row.dataset.time), row.cells[0].textContent]));
    const number = new Intl.NumberFormat(table.dataset.language);
    const percent = place.dataset.most ? '\u00A0%' : '';
    const context = document.createElement('canvas').getContext('2d');
    context.font = font(12);
    const room = Math.max(...series.map(name => context.measureText(name).width)) + 16;
    const most = Math.max(1, ...data.slice(1).flat());
    const axis = {stroke: colour('--text'), font: font(12), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}};
    place.replaceChildren();
    return new uPlot({
      width: place.clientWidth, height: HEIGHT, padding: [12, room, 0, 0],
      legend: {show: false}, cursor: {show: false},
      scales: {y: {range: [0, Number(place.dataset.most) || most * 1.05]}},
      axes: [
        {...axis, splits: chart => ticks([...times.keys()], chart.width - room - 64), values: (chart, splits) => splits.map(split => times.get(split))},
        {...axis, size: 64, incrs: [1, 2, 5].flatMap(n => [...Array(13).keys()].map(e => n * 10 ** e)).sort((a, b) => a - b),
          values: (chart, splits) => splits.map(split => number.format(split) + percent)},
      ],
      series: [{}, ...series.map((name, i) => ({label: name, width: 2, dash: DASHES[i % DASHES.length],
        stroke: colour('--line-' + (i + 1)), points: {show: false}}))],
      hooks: {draw: [chart => names(chart, series, colour('--text'))]},
    }, data, place);
  };

  for (const place of document.querySelectorAll('[data-table]')) {
    place.nextElementSibling.removeAttribute('open');
    let chart = draw(place);
    new ResizeObserver(() => {
      if (place.clientWidth !== chart.width) {
        chart.setSize({width: place.clientWidth, height: HEIGHT});
      }
    }).observe(place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      chart.destroy();
      chart = draw(place);
    });
  }
})();
