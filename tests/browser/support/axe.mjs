import assert from 'node:assert/strict'
import { axeSource } from './browser.mjs'
import { figure } from './figures.mjs'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Runs axe on the whole page, with 7:1 contrast (AAA) in the set.
 * Fails on any violation, and on whatever axe could not decide; `undecided` names rules
 * that cannot be decided in a state (forced colors are the system's, not the page's).
 */
export async function assertAccessible(page, state, undecided = []) {
  await page.evaluate(axeSource)
  const { violations, passes, incomplete } = await page.evaluate(
    (tags) =>
      window.axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        rules: { 'color-contrast-enhanced': { enabled: true } },
        preload: false,
      }),
    TAGS,
  )
  const open = incomplete.map(({ id }) => id)
  const result = `${violations.length} violations, ${passes.length} rules passed`
  figure('axe', state, result + (open.length ? `, undecided: ${open.join(', ')}` : ''))
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join('\n  ')}`)
  assert.deepEqual(told, [], state)
  assert.deepEqual(open.filter((id) => !undecided.includes(id)), [], `undecided in ${state}`)
}
