import { after, before } from 'node:test'
import { anySite, launch, stubSite, watchedPage } from './browser.mjs'

/**
 * One browser and one site for a test file; all of it is closed after the file's tests.
 *
 * @param site anySite (BASE_URL, else the stub) or stubSite.
 * @returns `visit(options)` opens a watched page in a profile of its own, `stub(options)`
 *   starts one more stub, for a test that breaks it.
 */
export function useSite(site = anySite) {
  const world = {}
  const stubs = []
  before(async () => {
    world.browser = await launch()
    world.site = await site()
    world.visit = (options, where = world.site) => watchedPage(world.browser, where, options)
    world.stub = async (options) => {
      stubs.push(await stubSite(options))
      return stubs.at(-1)
    }
  })
  after(async () => {
    await world.browser?.close()
    await world.site?.close()
    await Promise.all(stubs.map((stub) => stub.close()))
  })
  return world
}

export { anySite, stubSite }
