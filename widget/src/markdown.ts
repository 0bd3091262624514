import { h } from './dom'

/**
 * A small Markdown subset to elements: paragraphs at line ends, lists ("- ", "1. "),
 * **bold**, and [links](https://…). Everything else stays the text that it is.
 */
export function markdown(text: string): HTMLElement[] {
  const blocks: HTMLElement[] = []
  for (const line of text.split('\n').map((l) => l.trim())) {
    if (!line) continue
    const item = /^(?:[-*]|(\d+)[.)]) +(.+)$/.exec(line)
    if (!item) {
      blocks.push(h('p', AUTO, ...inline(line)))
      continue
    }
    const tag = item[1] ? 'ol' : 'ul'
    let list = blocks.at(-1)
    if (list?.localName !== tag) {
      list = h(tag, item[1] ? { start: item[1] } : {})
      blocks.push(list)
    }
    list.append(h('li', AUTO, ...inline(item[2] ?? '')))
  }
  return blocks
}

/** A text as the one who wrote it meant it: each paragraph in its own direction. */
export const AUTO = { dir: 'auto' } as const

/** A link that leaves the page, or its bare text where the address is not https. */
export function webLink(title: string, url: string): Node {
  return isWeb(url)
    ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, title)
    : document.createTextNode(title)
}

function inline(line: string): Node[] {
  const nodes: Node[] = []
  let end = 0
  for (const match of line.matchAll(/\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
    const [whole, bold, title, url] = match
    nodes.push(document.createTextNode(line.slice(end, match.index)))
    nodes.push(bold ? h('strong', {}, bold) : webLink(isWeb(url) ? title ?? '' : whole, url ?? ''))
    end = match.index + whole.length
  }
  nodes.push(document.createTextNode(line.slice(end)))
  return nodes
}

function isWeb(url = ''): boolean {
  try {
    return new URL(url).protocol === 'https:'
  } catch {
    return false
  }
}
