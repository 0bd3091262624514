import type { CitedFact } from '../contract'
import { h, s } from '../dom'
import { fill, type Strings } from '../strings'
import { pictureNames, type PictureName } from './by_fact'
import { DRAWINGS } from './drawings'

/**
 * The drawings for a reply's facts, step by step.
 *
 * @param seen names of drawings shown before; those are folded, and new ones added.
 */
export function picturesOf(facts: CitedFact[], strings: Strings, seen: Set<string>): HTMLElement[] {
  return pictureNames(facts.map(({ id }) => id)).map((name) => {
    const open = !seen.has(name)
    seen.add(name)
    return pictureOf(name, strings, open)
  })
}

function pictureOf(name: PictureName, strings: Strings, open: boolean): HTMLElement {
  const { title, steps: texts } = strings.pictures[name]
  const steps = DRAWINGS[name].map((draw, i) => {
    const [caption = '', description = ''] = texts[i] ?? []
    const label = fill(strings.pictures.step, { n: i + 1, count: texts.length })
    const number = name !== 'fracture' && h('b', { 'aria-hidden': 'true' }, String(i + 1))
    return h('li', {}, drawing(label, description, draw()), h('p', {}, number, caption))
  })
  return h(
    'details',
    { class: 'picture', open },
    h('summary', {}, title),
    // Safari takes the role from a list without bullets; it is given back.
    h('ol', { role: 'list' }, ...steps),
  )
}

let drawn = 0

/** One step as an image with a name and a description for those who do not see it. */
function drawing(label: string, description: string, parts: SVGElement[]): SVGSVGElement {
  const id = `drawing-${++drawn}`
  return s(
    'svg',
    { viewBox: '14 2 260 196', role: 'img', 'aria-labelledby': `${id} ${id}-d` },
    s('title', { id }, label),
    s('desc', { id: `${id}-d` }, description),
    ...parts,
  )
}
