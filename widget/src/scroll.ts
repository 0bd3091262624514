/** Share of the visible height that what comes before an answer may take. */
const SHARE_BEFORE = 0.25

/**
 * Brings the start of an answer to the top: a long one is read from its first word.
 * What stands right before it (the question, or the privacy line) stays visible where
 * there is room for both.
 */
export function scrollToStart(scroller: HTMLElement, answer: HTMLElement): void {
  const before = answer.previousElementSibling ?? answer.parentElement?.previousElementSibling
  const both =
    before instanceof HTMLElement &&
    answer.offsetTop - before.offsetTop < scroller.clientHeight * SHARE_BEFORE
  const first = both ? before : answer
  const top = first.offsetTop - parseFloat(getComputedStyle(scroller).paddingTop)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  scroller.scrollTo({ top, behavior: still ? 'instant' : 'smooth' })
}
