import type { Table } from './contract'
import { h } from './dom'

/**
 * A comparison as a real table. On a narrow panel the style sheet sets each row as a
 * block of "column: value" lines; the roles keep it a table for screen readers then.
 */
export function tableOf({ caption, columns, rows }: Table): HTMLTableElement {
  const head = columns.map((title) => h('th', { role: 'columnheader', scope: 'col' }, title))
  return h(
    'table',
    { role: 'table' },
    h('caption', {}, caption),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, ...head)),
    h('tbody', { role: 'rowgroup' }, ...rows.map((row) => rowOf(row, columns))),
  )
}

function rowOf([title = '', ...values]: string[], columns: string[]): HTMLTableRowElement {
  return h(
    'tr',
    { role: 'row' },
    h('th', { role: 'rowheader', scope: 'row' }, title),
    ...values.map((value, i) =>
      h('td', { role: 'cell', 'data-column': columns[i + 1] ?? '' }, value),
    ),
  )
}
