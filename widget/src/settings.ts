/** What a clinic may set on the one script line, or on the element itself. */
export interface Settings {
  /** Address of the website channel, without a slash at its end. */
  base: string
  lang: string
  dir: string
  title: string
  /** The clinic's number, shown where the server cannot be reached. */
  phone: string
  /** Address of the clinic's privacy policy. */
  privacy: string
}

/** Names of the data attributes, without "data-". `server` is for pages that bundle the script. */
export const OPTIONS = ['server', 'lang', 'dir', 'title', 'phone', 'privacy', 'position'] as const

/**
 * @param element its data attributes come first, then the page's `lang` and `dir`.
 */
export function settingsOf(element: HTMLElement): Settings {
  const { server, lang, dir, title, phone, privacy } = element.dataset
  const page = document.documentElement
  return {
    base: (server ?? '/webhooks/website').replace(/\/+$/, ''),
    lang: lang || page.lang || 'en',
    dir: dir || getComputedStyle(page).direction,
    title: title ?? '',
    phone: phone ?? '',
    privacy: privacy ?? '',
  }
}
