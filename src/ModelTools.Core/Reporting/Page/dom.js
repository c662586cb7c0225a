// Small words for building elements and for writing numbers.

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element; texts are always text, never markup. */
function element(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an element of a drawing. */
function shape(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'onclick') {
      node.addEventListener('click', value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const byId = (id) => document.getElementById(id);

const whole = (count) => count.toLocaleString('en-US');

function bytes(count) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit++;
  }
  return `${unit ? count.toFixed(count < 10 ? 2 : 1) : count} ${units[unit]}`;
}

/** A number with four figures; one that is not finite comes as its name. */
function figure(value) {
  if (typeof value !== 'number') {
    return String(value);
  }
  const size = Math.abs(value);
  return value === 0 ? '0' : size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

function percent(part) {
  return part === 0 ? '0 %' : part < 0.001 ? '< 0.1 %' : `${(part * 100).toFixed(1)} %`;
}

const plural = (count, word) => `${whole(count)} ${word}${count === 1 ? '' : 's'}`;

/** Cuts a text to a width; the whole of it is in the card's title. */
const ink = document.createElement('canvas').getContext('2d');
function cut(text, font, width) {
  ink.font = font;
  if (ink.measureText(text).width <= width) {
    return text;
  }
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ink.measureText(`${text.slice(0, middle)}…`).width <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return `${text.slice(0, low)}…`;
}

function widthOf(text, font) {
  ink.font = font;
  return ink.measureText(text).width;
}
