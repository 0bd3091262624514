// What a healthy server does not do on demand: fail, be late, say the unsayable.
const CALLS = /\/(conversations|messages|feedback)$/

/**
 * Stands between a page and the real server. Without a fault everything passes.
 *
 * @returns `fault` to set: `status` and `headers` of a problem in the server's place, or a
 *   whole `body`; `held`, for a call the promise that it waits for; `drop` the connection;
 *   `change(call, json)` makes another answer of the real one. `calls` are those so far;
 *   `mend()` takes the fault away.
 */
export async function between(page) {
  const fault = {}
  const calls = []
  const mend = () => Object.keys(fault).forEach((name) => delete fault[name])
  await page.route(CALLS, async (route) => {
    const request = route.request()
    const call = `${request.method()} ${new URL(request.url()).pathname.match(CALLS)[0]}`
    calls.push({ call, body: request.postData() })
    const { held, drop, status, headers, body, change } = fault
    await held?.[call]
    // Whoever gave up, or closed the page, is not answered any more.
    await respond().catch(() => {})

    async function respond() {
      if (drop) return route.abort('connectionreset')
      if (body !== undefined) return route.fulfill({ status: 200, body })
      if (status) {
        const contentType = 'application/problem+json'
        return route.fulfill({ status, headers, contentType, json: { type: 'about:blank', status } })
      }
      if (!change) return route.continue()
      const response = await route.fetch()
      if (response.status() === 204) return route.fulfill({ response })
      return route.fulfill({ response, json: change(call, await response.json()) })
    }
  })
  return { fault, calls, mend }
}

/** Lays these fields over every reply to a message. */
export const replying = (fields) => (call, json) =>
  call === 'POST /messages' ? { replies: json.replies.map((reply) => ({ ...reply, ...fields })) } : json
