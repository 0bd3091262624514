// What patients and servers write stays text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PAYLOADS } from './support/payloads.mjs'
import { REAL } from './support/browser.mjs'
import { anySite, stubSite, useSite } from './support/setup.mjs'

const any = useSite(anySite)
const stub = useSite(stubSite)
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
  const visit = await any.visit()
  const { page, widget } = visit
  await widget.open()
  // A real server limits turns a minute; all payloads run against the stub.
  for (const payload of REAL ? PAYLOADS.slice(0, 4) : PAYLOADS) {
    await widget.ask(payload)
    const turn = widget.questions.last()
    assert.deepEqual(await turn.locator('*').evaluateAll((all) => all.map((e) => e.localName)), ['h3', 'p'])
    assert.equal(await turn.locator('p').evaluate((p) => p.textContent), payload)
  }
  await assertHarmless(visit)
  await page.reload()
  await widget.open()
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
  const site = await stub.stub()
  const visit = await stub.visit({ reducedMotion: 'reduce' }, site)
  const { page, widget } = visit
  await widget.open()
  for (const payload of PAYLOADS) {
    site.faults.reply = everywhere(payload)
    const reply = await widget.ask('What is it?')
    await reply.locator('.sources summary').evaluate((summary) => summary.click())
    for (const link of await reply.locator('a').all()) await link.dispatchEvent('mouseover')
    assert.equal(await reply.locator('.disclaimer').evaluate((p) => p.textContent), payload)
  }
  await assertHarmless(visit)
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
for (const shape of SHAPES) {
  test(`a reply of a wrong shape breaks nothing: ${JSON.stringify(shape)}`, async () => {
    const visit = await stub.visit()
    const { page, widget, seen } = visit
    await widget.open()
    await page.route('**/messages', (route) => route.fulfill({ json: { replies: [shape] } }), { times: 1 })
    const reply = await widget.ask('What is it?')
    assert.match(await reply.locator('.disclaimer').textContent(), /./)
    await widget.ask('And now?')
    assert.deepEqual(seen.errors, [])
    await assertHarmless(visit)
  })
}
