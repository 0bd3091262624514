/** Below this many letters' heights, in width or height, the panel takes the whole window. */
const SMALL_WIDTH = 36
const SMALL_HEIGHT = 28

/** Whether the window is small, measured in the text size that the reader has chosen. */
export function isSmall(element: HTMLElement): boolean {
  const letter = parseFloat(getComputedStyle(element).fontSize)
  return innerWidth < SMALL_WIDTH * letter || innerHeight < SMALL_HEIGHT * letter
}

/**
 * Keeps the question box above a phone's keyboard, which covers fixed boxes on iOS.
 * Zooming by pinch changes the same measures and is left alone.
 */
export function fitToKeyboard(element: HTMLElement): () => void {
  const view = window.visualViewport
  const fit = (): void => {
    if (!view) return
    const covered = view.scale < 1.05 && view.height < innerHeight - 1
    element.style.setProperty('--visible', covered ? `${view.height}px` : null)
    element.style.setProperty('--shift', covered ? `${view.offsetTop}px` : null)
  }
  view?.addEventListener('resize', fit)
  view?.addEventListener('scroll', fit)
  return () => {
    view?.removeEventListener('resize', fit)
    view?.removeEventListener('scroll', fit)
  }
}
