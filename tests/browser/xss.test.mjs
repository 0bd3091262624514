// What patients and servers write stays text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PAYLOADS } from './support/payloads.mjs'
import { between, replying } from './support/between.mjs'
import { useBrowser } from './support/setup.mjs'

const world = useBrowser()
const ALLOWED = 'div h3 p strong ul ol li a button span details summary cite table caption thead tbody tr th td svg path'.split(' ')

/** Elements in the log beyond the known ones, event attributes, addresses of other schemes. */
const strangers = (page) =>
  page.evaluate((allowed) => {
    const log = document.querySelector('patient-faq-chat').shadowRoot.querySelector('[role=log]')
    const all = [...log.querySelectorAll('*')].filter((e) => !e.closest('.picture'))
    const attributes = all.flatMap((e) => [...e.attributes])
    return [
      ...all.map((e) => e.localName).filter((name) => !allowed.includes(name)),
      ...attributes.map(({ name }) => name).filter((name) => /^on|^style$|^srcdoc$/.test(name)),
      ...attributes.filter(({ name }) => /^(href|src)$/.test(name)).map(({ value }) => value)
        .filter((value) => !/^(https|tel|sms):/.test(value)),
    ]
  }, ALLOWED)

async function assertHarmless({ page, seen }) {
  assert.deepEqual(await strangers(page), [])
  assert.equal(await page.evaluate(() => window.hit), undefined)
  assert.deepEqual(seen, { errors: [], violations: [], dialogs: [], foreign: [] })
}

test(`from patients: ${PAYLOADS.length} payloads`, async () => {
  const visit = await world.visit()
  const { page, widget } = visit
  await widget.open()
  for (const payload of PAYLOADS) {
    await widget.ask(payload)
    const turn = widget.questions.last()
    assert.deepEqual(await turn.locator('*').evaluateAll((all) => all.map((e) => e.localName)), ['h3', 'p'])
    assert.equal(await turn.locator('p').evaluate((p) => p.textContent), payload)
  }
  await assertHarmless(visit)
  await page.reload()
  await widget.open()
  assert.equal(await widget.questions.count(), PAYLOADS.length, 'the server kept them')
  await assertHarmless(visit)
})

/** A reply with the payload in every field. */
const everywhere = (payload) => ({
  kind: 'answer',
  text: payload,
  disclaimer: payload,
  phone: payload,
  facts: [{ id: payload, version: 1, reviewed_on: payload, sources: [{ title: payload, section: payload, url: payload }] }],
  table: { caption: payload, columns: [payload, payload], rows: [[payload, payload]] },
  suggestions: [{ id: payload, title: payload }],
})

test(`from every field of a reply: ${PAYLOADS.length} payloads`, async () => {
  const visit = await world.visit({ reducedMotion: 'reduce' })
  const { page, widget } = visit
  await widget.open()
  const { fault } = await between(page)
  for (const payload of PAYLOADS) {
    fault.change = replying(everywhere(payload))
    const reply = await widget.ask('What is it?')
    await reply.locator('.sources summary').evaluate((summary) => summary.click())
    for (const link of await reply.locator('a').all()) await link.dispatchEvent('mouseover')
    assert.equal(await reply.locator('.disclaimer').evaluate((p) => p.textContent), payload)
  }
  await assertHarmless(visit)
  const turns = PAYLOADS.map((payload) => ({ from: 'assistant', id: payload, ...everywhere(payload) }))
  fault.change = () => ({ turns })
  await page.reload()
  await widget.open()
  await assertHarmless(visit)
})

const SHAPES = [
  null, [], {}, 7,
  { kind: 7, text: {}, disclaimer: [], facts: 'no', suggestions: 7, table: 'no', phone: {} },
  { kind: 'answer', text: 'ok', facts: [null, 7, { sources: [null, 7] }], suggestions: [null, 7, {}], table: { columns: [null], rows: [null, 7, [{}]] } },
  { kind: '__proto__', text: 'ok', facts: [{ id: '__proto__', sources: [{ title: '__proto__' }] }] },
  { kind: 'constructor', text: 'ok', suggestions: [{ id: 'toString', title: 'hasOwnProperty' }] },
]
test('a reply of a wrong shape breaks nothing', async () => {
  const visit = await world.visit()
  const { widget } = visit
  await widget.open()
  const { fault, mend } = await between(visit.page)
  for (const shape of SHAPES) {
    fault.body = JSON.stringify({ replies: [shape] })
    const reply = await widget.ask('What is it?')
    assert.match(await reply.locator('.disclaimer').textContent(), /./, fault.body)
    mend()
    await widget.ask('And now?')
  }
  await assertHarmless(visit)
})
