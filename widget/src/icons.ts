import { s } from './dom'

/** Line icons on a 24 by 24 grid; they take the color of the text beside them. */
const PATHS = {
  chat: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12.5h5',
  close: 'M5 5l14 14M19 5L5 19',
  send: 'M3 20l18-8L3 4v6l11 2-11 2z',
  phone: 'M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5L16 13l5 2v4q-1 2-3 2A16 16 0 0 1 3 6q0-2 2-3z',
  message: 'M3 5h18v12H9l-5 4v-4H3z',
  print: 'M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z',
  save: 'M12 3v12M7 10l5 5 5-5M4 20h16',
  again: 'M4 4v6h6M4.5 10A8 8 0 1 1 4 14',
  emergency: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16.5v.5',
  urgent: 'M12 3l10 18H2zM12 9v6M12 17.5v.5',
  crisis: 'M12 20C4 14 3 11 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5C21 11 20 14 12 20z',
  error: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8v5M12 16v.5',
} as const

export type IconName = keyof typeof PATHS

/** An icon that is decoration: the words beside it say the same. */
export function icon(name: IconName): SVGSVGElement {
  return s(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    s('path', { d: PATHS[name] }),
  )
}
