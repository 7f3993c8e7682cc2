// Draws what the server tells of a training: a line per network for the loss, another for the validation loss.
'use strict';
const networks = new Map();
const byId = id => document.getElementById(id);
const width = 760, height = 380, left = 64, right = 12, top_ = 12, bottom = 34;

const short = value => Number(value).toPrecision(3);

function draw() {
  const points = [...networks.values()].flat();
  if (!points.length)
    return;
  const losses = points.flatMap(each => each.validationLoss === null ? [each.loss] : [each.loss, each.validationLoss])
    .filter(Number.isFinite);
  let low = Math.min(...losses), high = Math.max(...losses);
  const isLogarithmic = low > 0 && high / low > 20;
  const scale = value => isLogarithmic ? Math.log(value) : value;
  [low, high] = [scale(low), scale(high)];
  if (high === low)
    [low, high] = [low - 1, high + 1];
  const last = Math.max(2, ...points.map(each => each.epoch));
  const x = epoch => left + (epoch - 1) / (last - 1) * (width - left - right);
  const y = value => height - bottom - (scale(value) - low) / (high - low) * (height - top_ - bottom);

  const svg = byId('curves'), space = 'http://www.w3.org/2000/svg';
  const shapes = [];
  const add = (name, attributes, text) => {
    const shape = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes))
      shape.setAttribute(key, value);
    if (text !== undefined)
      shape.textContent = text;
    shapes.push(shape);
  };
  for (let tick = 0; tick <= 4; tick++) {
    const value = low + (high - low) * tick / 4, place = height - bottom - tick / 4 * (height - top_ - bottom);
    add('line', { class: 'grid', x1: left, x2: width - right, y1: place, y2: place });
    add('text', { x: left - 8, y: place + 4, 'text-anchor': 'end' }, short(isLogarithmic ? Math.exp(value) : value));
  }
  add('text', { x: left, y: height - 10 }, 'epoch 1');
  add('text', { x: width - right, y: height - 10, 'text-anchor': 'end' }, 'epoch ' + last);
  for (const epochs of networks.values()) {
    const line = (style, read) => {
      const places = epochs.filter(each => Number.isFinite(read(each)))
        .map(each => `${x(each.epoch).toFixed(1)},${y(read(each)).toFixed(1)}`);
      if (places.length)
        add('polyline', { class: style, points: places.join(' ') });
    };
    line('s0', each => each.loss);
    line('s1', each => each.validationLoss === null ? NaN : each.validationLoss);
  }
  svg.replaceChildren(...shapes);
}

let isDrawn = true;
function drawSoon() {
  if (!isDrawn)
    return;
  isDrawn = false;
  requestAnimationFrame(() => {
    isDrawn = true;
    draw();
  });
}

const source = new EventSource('/events');
source.addEventListener('epoch', message => {
  const epoch = JSON.parse(message.data);
  if (!networks.has(epoch.network))
    networks.set(epoch.network, []);
  networks.get(epoch.network).push(epoch);
  byId('progress').value = epoch.fraction;
  byId('state').textContent = epoch.description;
  drawSoon();
});
source.addEventListener('end', message => {
  source.close();
  byId('progress').value = 1;
  byId('state').textContent = message.data;
});
source.addEventListener('open', () => networks.clear());
source.addEventListener('error', () => {
  if (source.readyState === EventSource.CLOSED || source.readyState === EventSource.CONNECTING)
    byId('note').textContent = 'The connection to mlp train is lost: it has ended, or was ended.';
});
