import type { CitedFact } from './contract'
import { h } from './dom'
import { webLink } from './markdown'
import { fill, type Strings } from './strings'

/** Where an answer comes from, folded: one entry for each page, its sections, its review date. */
export function sourcesOf(facts: CitedFact[], strings: Strings, language: string): HTMLElement | null {
  const pages = new Map<string, { url: string; sections: Set<string>; reviewed: string }>()
  for (const { sources, reviewedOn } of facts) {
    for (const { title, section, url } of sources) {
      const page = pages.get(title) ?? { url, sections: new Set<string>(), reviewed: reviewedOn }
      if (section) page.sections.add(section)
      page.reviewed = older(page.reviewed, reviewedOn)
      pages.set(title, page)
    }
  }
  if (!pages.size) return null
  const oldest = facts.map((fact) => fact.reviewedOn).reduce(older)
  const items = [...pages].map(([title, { url, sections, reviewed }]) =>
    h(
      'li',
      {},
      h('cite', {}, webLink(title, url)),
      ...[...sections].map((section) => h('div', {}, fill(strings.section, { section }))),
      h('div', {}, fill(strings.reviewed, { date: dateOf(reviewed, language) })),
    ),
  )
  return h(
    'details',
    { class: 'sources' },
    h('summary', {}, fill(strings.sources, { date: dateOf(oldest, language) })),
    h('ul', {}, ...items),
  )
}

/** ISO dates sort as text. */
const older = (a: string, b: string): string => (a < b ? a : b)

/** "2026-11-21" in the reader's words; what is no date stays as it is. */
function dateOf(iso: string, language: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' })
}
