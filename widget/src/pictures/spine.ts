import { s } from '../dom'

/**
 * Three bones of the spine, seen from the side: the belly to the left, the skin of
 * the back to the right. The middle bone is the one that breaks. Colors carry no
 * meaning alone: cracks are lines, cement is dotted, a balloon has a thick outline.
 * Every drawing brings its own white paper, so it reads the same in dark mode and in
 * forced colors.
 */

export const INK = '#2b2118'
export const STEEL = '#4a5a66'
const BONE = '#fbf0d3'
const BROKEN = '#ffd9c7'
const LINE = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } as const
const BONE_LINE = { ...LINE, fill: BONE, stroke: INK, 'stroke-width': 2.5 } as const

/** How far the front of the middle bone has come down: 0 healthy, 1 collapsed. */
export function spine(collapse: number, ...inside: SVGElement[]): SVGElement[] {
  const upper = s('g', { transform: `rotate(${-9 * collapse} 118 66)` }, disc(58), back(12), body(12, 0))
  return [
    s('rect', { width: 280, height: 200, fill: '#fff' }),
    s('path', { d: 'M0 0H200Q192 100 200 200H0Z', fill: '#fbe9df' }),
    s('path', { d: 'M200 0Q192 100 200 200', ...LINE, stroke: '#a8765c', 'stroke-width': 3 }),
    // The spinal canal: the nerves run behind the bones, and nothing is done there.
    s('path', { d: `M${114 - 6 * collapse} 0Q122 66 114 200H130Q138 66 ${130 - 6 * collapse} 0Z`, fill: '#f6e08f' }),
    upper,
    disc(122),
    back(140),
    body(140, 0),
    back(76),
    body(76, collapse),
    ...(collapse ? [cracks(collapse)] : []),
    ...inside,
    whereOnThePerson(),
  ]
}

/** The block in front, which carries the weight; its front edge is `collapse` lower. */
function body(top: number, collapse: number): SVGElement {
  const front = top + 20 * collapse
  const bulge = 49 - 12 * collapse
  const foot = top + 46
  return s('path', {
    class: 'body',
    d:
      `M44 ${front}Q78 ${(front + top) / 2 + 4} 112 ${top}Q106 ${top + 23} 112 ${foot}` +
      `Q78 ${foot - 4} 44 ${foot}Q${bulge} ${(front + foot) / 2} 44 ${front}Z`,
    ...BONE_LINE,
    fill: collapse ? BROKEN : BONE,
  })
}

/** Bridge over the canal and the point that one can feel on the back. */
function back(top: number): SVGElement {
  const y = top + 7
  return s('path', {
    d: `M108 ${y}H140Q168 ${y + 10} 180 ${y + 26}Q182 ${y + 36} 172 ${y + 35}Q154 ${y + 30} 138 ${y + 17}H108Z`,
    ...BONE_LINE,
  })
}

function disc(top: number): SVGElement {
  return s('path', {
    d: `M46 ${top}Q78 ${top - 4} 110 ${top}Q116 ${top + 9} 110 ${top + 18}Q78 ${top + 22} 46 ${top + 18}Q38 ${top + 9} 46 ${top}Z`,
    fill: '#cfe2ea',
    stroke: '#6d8b99',
    'stroke-width': 1.5,
  })
}

function cracks(collapse: number): SVGElement {
  const y = 96 + 6 * collapse
  return s('path', {
    d: `M45 ${y}l9-3 5 7 8-6 6 8 9-7M60 ${y + 5}l-3 9 6 6M88 ${y - 14}l-5 8 7 5`,
    ...LINE,
    stroke: '#a01818',
    'stroke-width': 2.5,
  })
}

/** A small figure from the side with the place of the drawing marked on it. */
function whereOnThePerson(): SVGElement {
  return s(
    'g',
    {},
    s('path', { d: 'M236 114a8 8 0 1 1-.1 0ZM225 124l5-6 1 7Z', fill: '#c9b3a6' }),
    s('path', { d: 'M232 133Q225 146 228 162L230 197H243L245 164Q252 148 244 135Q238 129 232 133Z', fill: '#c9b3a6' }),
    s('rect', { x: 233, y: 143, width: 18, height: 16, fill: 'none', stroke: INK, 'stroke-width': 2.5 }),
  )
}

/** Which way something moves; `turn` in degrees, 0 points to the right. */
export function arrow(x: number, y: number, turn: number, length = 26): SVGElement {
  return s('path', {
    d: `M0 0H${length}M${length - 9} -8L${length} 0L${length - 9} 8`,
    transform: `translate(${x} ${y}) rotate(${turn})`,
    ...LINE,
    stroke: '#0a4d68',
    'stroke-width': 4,
  })
}
