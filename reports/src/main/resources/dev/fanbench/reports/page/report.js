/* Figures of a report under the pointer. The drawings are their own tables: nothing is loaded. */
(() => {
  'use strict';
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const numbers = text => text.split(' ').map(Number);
  const clamp = share => Math.max(0, Math.min(1, share));
  const add = (parent, name, attributes, text) => {
    const element = document.createElementNS(parent.namespaceURI, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.textContent = text || '';
    return parent.appendChild(element);
  };

  const round = (value, digits) => {
    const text = value.toPrecision(digits);
    return Number(text).toLocaleString('en', {maximumSignificantDigits: digits});
  };
  const scaled = (value, steps) => {
    const [size, unit] = steps.find(([step]) => value >= step) || steps[steps.length - 1];
    return round(value / size, 3) + unit;
  };
  const UNITS = {
    nanos: v => scaled(v, [[1e9, ' s'], [1e6, ' ms'], [1e3, ' µs'], [1, ' ns']]),
    seconds: v => v >= 120 ? (v / 60).toFixed(2) + ' min' : v.toFixed(2) + ' s',
    bytes: v => scaled(v, [[2 ** 30, ' GB'], [2 ** 20, ' MB'], [1024, ' KB'], [1, ' B']]),
    cores: v => round(v, 3) + (v === 1 ? ' core' : ' cores'),
    share: v => round(100 * v, 3) + ' %',
    per_second: v => round(v, 3) + '/s',
    count: v => round(v, 3)
  };
  const tell = (value, unit) => (UNITS[unit] || UNITS.count)(value);

  /** The values that a path was drawn from. */
  const values = path => {
    const [unitX, unitY] = numbers(path.closest('[data-units]').dataset.units);
    const points = [];
    let x = 0;
    let y = 0;
    for (const [, command, text] of path.getAttribute('d').matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
      const [first, second] = (text.match(/-?[0-9]+/g) || []).map(Number);
      const to = (fromX, toX, atY) => points.push({x: fromX * unitX, end: toX * unitX, y: atY * unitY});
      switch (command) {
        case 'm': x += first; y += second; break;
        case 'h': to(x, x + first, y); x += first; break;
        case 'v': y += first; to(x, x, y); break;
      }
    }
    return points;
  };

  const read = box => {
    const axis = text => {
      const [low, high, word] = text.split(' ');
      return {low: Number(low), high: Number(high), unit: word.replace('-log', ''), log: word.endsWith('-log')};
    };
    const svg = box.querySelector('svg');
    const pan = svg.querySelector(':scope > svg > svg');
    const x = axis(box.dataset.x);
    const [left, right, top, bottom] = numbers(box.dataset.frame);
    const owner = element => element.closest('[data-run]');
    const curves = all(pan, 'path[data-name]').map(path => ({
      owner: owner(path), style: path.classList, name: path.dataset.name, points: values(path)}));
    const marks = all(pan, 'use').map(mark => ({
      owner: owner(mark), style: mark.classList,
      share: mark.getAttribute('x').replace('%', '') / 100,
      text: mark.querySelector('title').textContent}));
    const inside = 'left:' + left + 'px;right:' + right + 'px';
    const window = add(box, 'div', {class: 'under', style: inside + ';top:' + top + 'px;bottom:' + bottom + 'px'});
    return {
      box, svg, pan, x, y: axis(box.dataset.y), left, right, curves, marks,
      valueAt: share => x.log ? x.low * Math.pow(x.high / x.low, share) : x.low + (x.high - x.low) * share,
      shareOf: value => (value - x.low) / (x.high - x.low),
      line: add(window, 'i', {class: 'cursor', hidden: ''}),
      chosen: add(window, 'i', {class: 'chosen', hidden: ''}),
      values: add(window, 'div', {class: 'values', hidden: ''})
    };
  };

  const nearest = (items, distance) =>
    items.reduce((best, item) => best === null || distance(best) > distance(item) ? item : best, null);
  const seen = item => item.owner === null || !item.owner.hasAttribute('hidden');

  /** Charts with the same horizontal axis: they have one cursor and one view. */
  const join = charts => {
    const view = {from: 0, to: 1};
    const place = share => (share - view.from) / (view.to - view.from);

    const rows = (chart, share) => {
      const marks = chart.marks.filter(seen);
      const mark = nearest(marks, m => Math.abs(m.share - share));
      if (mark !== null) {
        return marks.filter(m => 0.002 > Math.abs(m.share - mark.share));
      }
      const runs = new Map();
      for (const curve of chart.curves.filter(seen)) {
        const far = p => Math.max(0, chart.shareOf(p.x) - share, share - chart.shareOf(p.end));
        const point = nearest(curve.points, far);
        const near = point === null ? 1 : far(point);
        if (0.04 * (view.to - view.from) >= near) {
          const name = curve.owner.dataset.run;
          const row = runs.get(name) || {style: curve.style, text: name + ':'};
          row.text += (row.text.endsWith(':') ? ' ' : ', ') + curve.name + ' ' + tell(point.y, chart.y.unit);
          runs.set(name, row);
        }
      }
      return [...runs.values()];
    };

    const show = share => charts.forEach(chart => {
      const found = share === null ? [] : rows(chart, share);
      const at = found.length > 0 ? (found[0].share === undefined ? share : found[0].share) : share;
      chart.line.hidden = share === null;
      chart.values.hidden = found.length === 0;
      if (share === null) {
        return;
      }
      chart.line.style.left = 100 * place(at) + '%';
      chart.values.textContent = '';
      chart.values.classList.toggle('left', place(at) > 0.5);
      if (!chart.x.log) {
        add(chart.values, 'b', {}, tell(chart.valueAt(share), chart.x.unit));
      }
      found.forEach(row => {
        const kind = [...row.style].find(name => /^(t[0-9]|ref)$/.test(name));
        add(chart.values, 'span', {class: kind}, row.text);
      });
    });

    const tick = chart => {
      chart.pan.querySelectorAll('.more').forEach(old => old.remove());
      if (chart.x.log) {
        return;
      }
      const wide = (view.to - view.from) * (chart.x.high - chart.x.low);
      const power = Math.pow(10, Math.floor(Math.log10(wide / 4)));
      const step = power * [5, 2, 1].find(multiple => wide / 4 >= multiple * power);
      const group = add(chart.pan, 'g', {class: 'more'});
      const bottom = chart.svg.getAttribute('height') - numbers(chart.box.dataset.frame)[3];
      const digits = Math.max(0, -Math.floor(Math.log10(step)));
      for (let at = Math.ceil(chart.valueAt(view.from) / step) * step; chart.valueAt(view.to) >= at; at += step) {
        const x = 100 * chart.shareOf(at) + '%';
        add(group, 'line', {class: 'base', x1: x, x2: x, y1: bottom, y2: bottom + 4});
        add(group, 'text', {class: 'mid', x: x, y: bottom + 18}, at.toFixed(digits) + ' s');
      }
    };

    const look = (from, to) => {
      view.from = from;
      view.to = to;
      const zoomed = to - from !== 1;
      charts.forEach(chart => {
        chart.pan.setAttribute('x', -100 * from / (to - from) + '%');
        chart.pan.setAttribute('width', 100 / (to - from) + '%');
        chart.box.classList.toggle('zoomed', zoomed);
        tick(chart);
        if (!zoomed) {
          all(chart.pan, '.more').forEach(old => old.remove());
        }
      });
      show(null);
      whole.hidden = !zoomed;
    };
    const whole = add(charts[0].box, 'button', {type: 'button', class: 'whole', hidden: ''}, 'show all');
    whole.addEventListener('click', () => look(0, 1));

    charts.forEach(chart => {
      const share = event => {
        const edge = chart.svg.getBoundingClientRect();
        const inside = clamp((event.clientX - edge.left) / edge.width);
        return view.from + inside * (view.to - view.from);
      };
      let start = null;
      const drag = to => {
        const [low, high] = [start, to].sort((a, b) => a - b);
        chart.chosen.hidden = false;
        chart.chosen.style.left = 100 * place(low) + '%';
        chart.chosen.style.width = 100 * (place(high) - place(low)) + '%';
        return place(high) - place(low) > 0.02 ? [low, high] : null;
      };
      chart.box.addEventListener('pointermove', event => {
        show(share(event));
        if (start !== null) {
          drag(share(event));
        }
      });
      chart.box.addEventListener('pointerleave', () => show(null));
      chart.box.addEventListener('pointerdown', event => {
        if (event.pointerType === 'mouse') {
          if (event.target !== whole) {
            start = share(event);
            chart.box.setPointerCapture(event.pointerId);
            event.preventDefault();
          }
        }
      });
      chart.box.addEventListener('pointerup', event => {
        const range = start === null ? null : drag(share(event));
        start = null;
        chart.chosen.hidden = true;
        if (range !== null) {
          look(range[0], range[1]);
        }
      });
      chart.box.addEventListener('dblclick', () => look(0, 1));
    });
  };

  for (const section of all(document, 'section')) {
    const groups = new Map();
    all(section, '.chart[data-x]').map(read).forEach(chart => {
      const key = chart.box.dataset.x;
      groups.set(key, [...(groups.get(key) || []), chart]);
    });
    groups.forEach(join);
  }

  for (const figure of all(document, 'figure')) {
    const owned = all(figure, '[data-run]');
    all(figure, '.legend li').forEach(item => {
      const parts = owned.filter(part => part.dataset.run === item.dataset.name);
      if (parts.length === 0) {
        return;
      }
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...item.childNodes);
      button.setAttribute('aria-pressed', 'true');
      button.addEventListener('click', () => {
        const shown = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', String(shown));
        parts.forEach(part => part.toggleAttribute('hidden', !shown));
      });
      item.append(button);
    });
  }
})();
