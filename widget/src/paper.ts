import { h } from './dom'

/** Everything on the page that neither holds the chat nor is it stays off the paper. */
const PAGE_CSS = '@media print{body :not(patient-faq-chat):not(:has(patient-faq-chat)){display:none!important}}'

/**
 * Prints the open conversation instead of the page around it. Works for the browser's
 * own print command too, and needs no window of its own, which a strict policy blocks.
 *
 * @param isOpen whether the conversation is on the screen.
 * @returns a function that removes the listeners.
 */
export function onPaper(root: ParentNode, isOpen: () => boolean): () => void {
  // Browsers from before 2023 print the page as it is.
  const sheet = 'adoptedStyleSheets' in document ? new CSSStyleSheet() : null
  let folded: HTMLDetailsElement[] = []
  const before = (): void => {
    if (!sheet || !isOpen()) return
    sheet.replaceSync(PAGE_CSS)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    folded = [...root.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    folded.forEach((details) => (details.open = true))
  }
  const after = (): void => {
    if (!sheet) return
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    folded.forEach((details) => (details.open = false))
    folded = []
  }
  addEventListener('beforeprint', before)
  addEventListener('afterprint', after)
  return () => {
    removeEventListener('beforeprint', before)
    removeEventListener('afterprint', after)
  }
}

/** Hands the text over as a file. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  h('a', { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
