// What a reader can do with a report: try thresholds, sort tables, search the rows explained, read values off curves. Without it the page
// shows the same numbers.
'use strict';
(() => {
  const make = (name, attributes, text) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      element.setAttribute(key, value);
    if (text !== undefined)
      element.textContent = text;
    return element;
  };
  const minus = text => text.replace('-', '−');
  const count = value => minus(value.toLocaleString('en-US', { maximumFractionDigits: 2 }));
  const percent = share => Number.isFinite(share) ? minus((100 * share).toFixed(1)) + '\u202F%' : '–';
  const short = (value, digits = 4) => {
    const size = Math.abs(value);
    return minus(size >= 1e6 || (size > 0 && size < 1e-4) ? value.toExponential(digits - 1)
      : size >= 1000 ? count(Math.round(value)) : String(Number(value.toPrecision(digits))));
  };

  // The threshold of two classes.
  function tryThresholds(panel) {
    const section = panel.closest('section'), find = name => panel.querySelector(`[data-is="${name}"]`);
    const read = name => panel.getAttribute('data-' + name).split(' ').map(Number);
    const found = read('found'), mistaken = read('mistaken'), own = read('own'), [positives, negatives] = read('rows');
    const slider = find('slider'), missedCost = find('missed-cost'), alarmCost = find('alarm-cost');
    const last = found.length - 1;
    const at = step => ({ threshold: step / last, found: found[step], mistaken: mistaken[step] });
    const ofModel = { threshold: own[0], found: own[1], mistaken: own[2] };
    let current = ofModel;

    const f1 = point => 2 * point.found / (positives + point.found + point.mistaken);
    // An empty field costs nothing, and so does what is no cost.
    const costOf = input => Math.max(0, input.valueAsNumber || 0);
    const cost = point => (positives - point.found) * costOf(missedCost) + point.mistaken * costOf(alarmCost);

    function show() {
      const { threshold, found: hits, mistaken: alarms } = current;
      find('threshold').textContent = short(threshold);
      find('at').textContent = `At the threshold ${short(threshold)}`;
      find('precision').textContent = percent(hits / (hits + alarms));
      find('recall').textContent = percent(hits / positives);
      find('f1').textContent = percent(f1(current));
      find('accuracy').textContent = percent((hits + negatives - alarms) / (positives + negatives));
      find('predicted').textContent = count(hits + alarms);
      find('cost').textContent = count(cost(current));
      find('cost-name').textContent = `Cost: ${count(costOf(missedCost))} a row missed, ${count(costOf(alarmCost))} a false alarm`;

      const cells = section.querySelectorAll('table.confusion td.right, table.confusion td.wrong');
      [[negatives - alarms, negatives], [alarms, negatives], [positives - hits, positives], [hits, positives]].forEach(
        ([rows, all], index) => {
          const share = all ? rows / all : 0, cell = cells[index];
          cell.textContent = count(rows);
          cell.classList.toggle('zero', rows === 0);
          cell.style.setProperty('--v', rows === 0 ? 0 : cell.classList.contains('right') ? share : 0.3 + 0.7 * share);
        });
      for (const mark of section.querySelectorAll('circle.own')) {
        const plot = mark.closest('svg').querySelector('.plot'), side = name => Number(plot.getAttribute(name));
        const isRoc = mark.classList.contains('roc');
        const x = isRoc ? alarms / negatives : hits / positives, y = isRoc ? hits / positives : hits / (hits + alarms);
        mark.style.visibility = Number.isFinite(x + y) ? 'visible' : 'hidden';
        if (Number.isFinite(x + y)) {
          mark.setAttribute('cx', side('x') + x * side('width'));
          mark.setAttribute('cy', side('y') + (1 - y) * side('height'));
        }
      }
    }

    function go(point) {
      current = point;
      slider.value = Math.round(point.threshold * last);
      show();
    }

    // Of equally good thresholds, the one next to the model's.
    function best(loss) {
      let chosen = ofModel;
      for (let step = 0; step !== found.length; step++) {
        const point = at(step), change = loss(point) - loss(chosen);
        const isNearer = Math.abs(point.threshold - own[0]) - Math.abs(chosen.threshold - own[0]) < 0;
        if (change < 0 || (change === 0 && isNearer))
          chosen = point;
      }
      return chosen;
    }

    slider.addEventListener('input', () => go(at(Number(slider.value))));
    missedCost.addEventListener('input', show);
    alarmCost.addEventListener('input', show);
    find('own').addEventListener('click', () => go(ofModel));
    find('best-f1').addEventListener('click', () => go(best(point => -f1(point))));
    find('best-cost').addEventListener('click', () => go(best(cost)));
    find('controls').hidden = false;
  }

  // Tables: by any column, up, down and as they were.
  const ranks = { '–': -Number.MAX_VALUE, '': -Number.MAX_VALUE, '∞': Number.MAX_VALUE, '−∞': -Number.MAX_VALUE };
  const toNumber = text => {
    const plain = text.trim().replace(/[,\u202F%+]/g, '').replace(/−(?!∞)/g, '-');
    return plain in ranks ? ranks[plain] : /^-?[\d.]+(e-?\d+)?$/.test(plain) ? Number(plain) : null;
  };

  function makeSortable(table) {
    const body = table.tBodies[0], rows = [...body.rows], headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const text = row => row.cells[column].textContent;
      const areNumbers = rows.every(row => toNumber(text(row)) !== null), first = areNumbers ? 'descending' : 'ascending';
      const button = make('button', { type: 'button', class: 'sort' }, header.textContent);
      header.replaceChildren(button);
      button.addEventListener('click', () => {
        const before = header.getAttribute('aria-sort');
        const order = before === null ? first : before === first ? (areNumbers ? 'ascending' : 'descending') : null;
        headers.forEach(each => each.removeAttribute('aria-sort'));
        const sorted = [...rows];
        if (order !== null) {
          header.setAttribute('aria-sort', order);
          const sign = order === 'ascending' ? 1 : -1;
          sorted.sort((one, other) => {
            const [a, b] = areNumbers ? [toNumber(text(one)), toNumber(text(other))] : [text(one), text(other)];
            return sign * (areNumbers ? (a === b ? 0 : a < b ? -1 : 1) : a.localeCompare(b));
          });
        }
        body.append(...sorted);
      });
    });
  }

  // The rows explained: figures and the table below, by the words in them.
  function makeSearchable(search) {
    const section = search.closest('section'), input = search.querySelector('input'), state = search.querySelector('[role=status]');
    const figures = [...section.querySelectorAll('figure')], rows = [...section.querySelectorAll('table.explained tbody tr')];
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(word => word.length > 0);
      const matches = each => words.every(word => each.textContent.toLowerCase().includes(word));
      for (const each of [...figures, ...rows])
        each.hidden = !matches(each);
      const shown = rows.filter(row => !row.hidden).length;
      state.textContent = words.length === 0 ? '' : `${shown} of ${rows.length} rows`;
    });
    search.hidden = false;
  }

  // Values at the pointer.
  const tip = make('div', { class: 'tip', role: 'status' });
  tip.hidden = true;

  function axisOf(plot, name) {
    const read = part => plot.getAttribute(`data-${name}-${part}`), [low, high, kind] = [+read('low'), +read('high'), read('kind')];
    return {
      label: read('label'),
      textAt: part => {
        const value = kind === 'log' ? low * Math.pow(high / low, part) : low + part * (high - low);
        return kind === 'share' ? percent(value) : short(Math.abs(value) < 1e-4 * (high - low) ? 0 : value, 3);
      },
    };
  }

  function pointsOf(svg) {
    const points = [];
    for (const line of svg.querySelectorAll('path[data-name]'))
      for (const [, x, y] of line.getAttribute('d').matchAll(/[ML]([\d.]+) ([\d.]+)/g))
        points.push({ x: +x, y: +y, name: line.getAttribute('data-name') });
    for (const mark of svg.querySelectorAll('circle, rect.point, polygon.point')) {
      const box = mark.getBBox();
      points.push({ x: box.x + box.width / 2, y: box.y + box.height / 2, name: '' });
    }
    return points;
  }

  // A bar is found by its place, however short it is: upright ones stand in a frame, lying ones have none.
  function barAt(svg, place, isUpright) {
    const [start, length, at, gap] = isUpright ? ['x', 'width', place.x, 1] : ['y', 'height', place.y, 3];
    return [...svg.querySelectorAll('rect[data-value]')].find(bar => {
      const first = Number(bar.getAttribute(start)) - gap;
      return at >= first && at <= first + Number(bar.getAttribute(length)) + 2 * gap;
    }) ?? null;
  }

  function makeReadable(svg) {
    const plot = svg.querySelector('.plot'), side = name => Number(plot.getAttribute(name));
    const [x, y] = plot === null ? [] : [axisOf(plot, 'x'), axisOf(plot, 'y')];
    const linesOf = place => {
      let nearest = null, least = 30 * 30;
      // Anew each time: a threshold moves marks.
      for (const point of pointsOf(svg)) {
        const distance = (point.x - place.x) ** 2 + (point.y - place.y) ** 2;
        if (distance < least)
          [nearest, least] = [point, distance];
      }
      if (plot === null || nearest === null) {
        const bar = barAt(svg, place, plot !== null);
        return bar === null ? [] : [bar.getAttribute('data-name'), bar.getAttribute('data-value')];
      }
      const lines = [
        `${x.label}: ${x.textAt((nearest.x - side('x')) / side('width'))}`,
        `${y.label}: ${y.textAt(1 - (nearest.y - side('y')) / side('height'))}`,
      ];
      return nearest.name ? [nearest.name, ...lines] : lines;
    };
    const show = event => {
      const lines = linesOf(new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()));
      tip.hidden = lines.length === 0;
      tip.replaceChildren(...lines.map(line => make('span', {}, line)));
      const width = document.documentElement.clientWidth;
      tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, width - tip.offsetWidth - 4)) + scrollX}px`;
      tip.style.top = `${Math.max(4, event.clientY - tip.offsetHeight - 12) + scrollY}px`;
    };
    svg.addEventListener('pointermove', show);
    svg.addEventListener('pointerdown', show);
    svg.addEventListener('pointerleave', () => tip.hidden = true);
  }

  document.querySelectorAll('.threshold').forEach(tryThresholds);
  document.querySelectorAll('table:not(.confusion)').forEach(table => {
    if (table.tHead !== null && table.tBodies[0].rows.length > 1)
      makeSortable(table);
  });
  document.querySelectorAll('.search').forEach(makeSearchable);
  document.querySelectorAll('svg.chart').forEach(svg => {
    if (svg.querySelector('rect[data-value]') !== null || (svg.querySelector('.plot') !== null && pointsOf(svg).length > 0))
      makeReadable(svg);
  });
  document.body.append(tip);
})();
