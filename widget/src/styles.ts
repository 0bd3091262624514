import { h } from './dom'
import base from './styles/base.css'
import frame from './styles/frame.css'
import waiting from './styles/waiting.css'
import log from './styles/log.css'
import reply from './styles/reply.css'
import alarms from './styles/alarms.css'
import pictures from './styles/pictures.css'
import table from './styles/table.css'
import small from './styles/small.css'
import print from './styles/print.css'

/**
 * Gives a shadow root the widget's styles. Adopted sheets pass `style-src 'self'`, which
 * a <style> element does not; that one serves browsers from before 2023.
 */
export function dress(root: ShadowRoot): void {
  const css = [base, frame, waiting, log, reply, alarms, pictures, table, small, print].join('')
  if ('adoptedStyleSheets' in root) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } else {
    ;(root as ShadowRoot).append(h('style', {}, css))
  }
}
