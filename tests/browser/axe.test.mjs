// axe in every state: WCAG 2.2 AA, best practice, and 7:1 contrast.
import { test } from 'node:test'
import { assertAccessible } from './support/axe.mjs'
import { anySite, stubSite, useSite } from './support/setup.mjs'

const world = useSite(anySite)
const canned = useSite(stubSite)

const PHONE = { viewport: { width: 320, height: 640 } }
const ZOOMED = { viewport: { width: 320, height: 256 } }

/** What the server says in answer to these is real where BASE_URL names one. */
const ANSWERS = ['What is kyphoplasty?', 'How do the two procedures differ?']
const STATES = [
  ['closed', {}, null],
  ['open', {}, []],
  ['after answers', {}, ANSWERS],
  ['mobile closed', PHONE, null],
  ['mobile after answers', PHONE, ANSWERS],
  ['400% zoom after answers', ZOOMED, ANSWERS],
  ['dark closed', { colorScheme: 'dark' }, null],
  ['dark after answers', { colorScheme: 'dark' }, ANSWERS],
  ['forced colors after answers', { forcedColors: 'active' }, ANSWERS],
]
for (const [state, options, questions] of STATES) {
  test(`axe: ${state}`, async () => {
    const { page, widget } = await world.visit(options)
    if (questions) await widget.open()
    for (const question of questions ?? []) await widget.ask(question)
    for (const summary of await page.locator('.sources summary').all()) await summary.click()
    await assertAccessible(page, state, options.forcedColors && ['color-contrast'])
  })
}

const KINDS = ['emergency', 'urgent', 'crisis', 'broken', 'clarify', 'person', 'my own case', 'list']
for (const kind of KINDS) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe: ${kind}, ${colorScheme}`, async () => {
      const { page, widget } = await canned.visit({ colorScheme })
      await widget.open()
      await widget.ask(kind)
      await assertAccessible(page, `${kind}, ${colorScheme}`)
    })
  }
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe: error, ${colorScheme}`, async () => {
    const failing = await canned.stub()
    const { page, widget } = await canned.visit({ colorScheme }, failing)
    await widget.open()
    failing.faults.status = 503
    await widget.type('What is kyphoplasty?')
    await widget.retry.waitFor()
    await assertAccessible(page, `error, ${colorScheme}`)
  })
}

test('axe: waiting, rated, and asked whether to start again', async () => {
  const slow = await canned.stub()
  const { page, widget } = await canned.visit({}, slow)
  await widget.open()
  await widget.ask('What is kyphoplasty?')
  await page.getByRole('button', { name: 'Helpful', exact: true }).click()
  await page.getByRole('button', { name: 'Start again' }).click()
  slow.faults.delay = 3000
  await widget.type('And then?')
  await page.locator('.waiting').waitFor()
  await assertAccessible(page, 'waiting, rated, asked')
})
