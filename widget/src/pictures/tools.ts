import { s } from '../dom'
import { INK, STEEL } from './spine'

/** What the doctor brings in. Everything lies along the needle: its tip is 0, skin about 118. */
const ALONG = 'translate(80 104) rotate(-17.6)'
const BALLOON = '#9fd0ea'
const CEMENT = '#8e9aa3'

/** A hollow needle from outside into the middle of the broken bone. */
export function needle(...onto: SVGElement[]): SVGElement {
  return s(
    'g',
    { transform: ALONG },
    s('path', { d: 'M0 0L7-4H140V4H7Z', fill: '#e6ecf0', stroke: STEEL, 'stroke-width': 2 }),
    s('rect', { x: 138, y: -11, width: 9, height: 22, rx: 3, fill: STEEL }),
    ...onto,
  )
}

/** A syringe at the needle's end; `color` shows what is in it. */
function syringe(color: string): SVGElement {
  return s(
    'g',
    { stroke: STEEL, 'stroke-width': 2 },
    s('rect', { x: 147, y: -9, width: 34, height: 18, rx: 2, fill: '#fff' }),
    s('rect', { x: 148, y: -8, width: 20, height: 16, fill: color, stroke: 'none' }),
    s('path', { d: 'M168-8V8M168 0H192M192-8V8', fill: 'none', 'stroke-width': 3 }),
  )
}

export const cementNeedle = (): SVGElement => needle(syringe(CEMENT))
export const balloonNeedle = (): SVGElement => needle(syringe(BALLOON))

/** The space that the balloon makes, in the bone: a point of view shared by three steps. */
const SPACE = { cx: 76, cy: 102, rx: 26, ry: 13 } as const

export function balloon(): SVGElement {
  return s(
    'g',
    {},
    s('ellipse', { class: 'balloon', ...SPACE, fill: BALLOON, stroke: '#0a4d68', 'stroke-width': 3.5 }),
    s('path', { d: 'M58 98q6-5 14-5', fill: 'none', stroke: '#fff', 'stroke-width': 3, 'stroke-linecap': 'round' }),
  )
}

export function emptySpace(): SVGElement {
  return s('ellipse', { class: 'space', ...SPACE, fill: '#fff', stroke: INK, 'stroke-width': 2, 'stroke-dasharray': '4 4' })
}

/** The emptied balloon on its wire, drawn out through the needle. */
export function emptyBalloonNeedle(): SVGElement {
  return needle(
    s('path', { d: 'M147 0H196', stroke: '#0a4d68', 'stroke-width': 3 }),
    s('path', {
      d: 'M152 0Q158-9 167-3T184 0Q178 8 169 4T152 0Z',
      fill: BALLOON,
      stroke: '#0a4d68',
      'stroke-width': 2.5,
    }),
  )
}

/** Cement in the space that the balloon made. */
export function cementInSpace(): SVGElement {
  return cement(s('ellipse', { class: 'cement', ...SPACE }))
}

/** Cement between the splinters, in a shape of its own. */
export function cementInCracks(): SVGElement {
  return cement(
    s('path', {
      class: 'cement',
      d: 'M54 108q2-6 9-6 5-7 14-6 8-5 17 0 7 4 4 10 0 8-9 9-8 4-17 1-15 2-18-8z',
    }),
  )
}

function cement(shape: SVGElement): SVGElement {
  for (const [name, value] of Object.entries({ fill: CEMENT, stroke: INK, 'stroke-width': 2 })) {
    shape.setAttribute(name, String(value))
  }
  const dots = s('path', {
    d: 'M62 105h.1M70 100h.1M72 109h.1M80 103h.1M88 100h.1M90 108h.1M81 111h.1',
    stroke: '#fff',
    'stroke-width': 3,
    'stroke-linecap': 'round',
  })
  return s('g', {}, shape, dots)
}

/** A plaster on the skin, where the needle was. */
export function plaster(): SVGElement {
  return s(
    'g',
    { transform: 'translate(196 68) rotate(-86)' },
    s('rect', { x: -18, y: -5, width: 36, height: 10, rx: 5, fill: '#e8b48f', stroke: INK, 'stroke-width': 2 }),
    s('rect', { x: -6, y: -5, width: 12, height: 10, fill: '#fff', stroke: INK, 'stroke-width': 1 }),
  )
}
