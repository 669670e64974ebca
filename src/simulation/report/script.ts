/**
 * What runs in the reader's browser: it lays a live chart over each still picture. Everything that
 * was written by somebody goes through `textContent`. Where it fails, the still pictures remain.
 */
export const LIVE = `(() => {
  'use strict';
  const tip = (hit) => {
    const box = document.createElement('div');
    const told = new Set();
    for (const { data } of Array.isArray(hit) ? hit : [hit]) {
      if (!data || !Array.isArray(data.tip) || told.has(data.tip.join())) continue;
      told.add(data.tip.join());
      data.tip.forEach((text, at) => {
        const line = document.createElement(at === 0 ? 'strong' : 'div');
        line.textContent = text;
        box.append(line);
      });
    }
    return box.childElementCount === 0 ? '' : box;
  };
  const pictures = JSON.parse(document.getElementById('pictures').textContent);
  for (const { id, option } of pictures) {
    const place = document.getElementById(id);
    const live = place.querySelector('.live');
    option.tooltip.formatter = tip;
    place.classList.add('is-live');
    const chart = echarts.init(live, null, { renderer: 'svg' });
    chart.setOption(option);
    new ResizeObserver(() => {
      if (live.clientWidth > 0) chart.resize();
    }).observe(live);
  }
})();`;
