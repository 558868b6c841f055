// The people of the story, each with a browser of their own, and what goes wrong before their eyes: errors in the
// console (a broken content policy is one), scripts that throw, requests that fail, answers that refuse.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const OUT = resolve(import.meta.dirname, '../out')
/** When set, the README's pictures are taken anew. */
const PICTURES = process.env.ONESTREET_PICTURES ? resolve(import.meta.dirname, '../../../docs/pictures') : ''
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1440, height: 900 }
/** Without windows there is a third less to compute, and the pages are the same (docs/decisions/48-the-half-hour.md). */
const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
/** How long anything that is waited for may take: against hanging, not a promise of the street's. */
const PATIENCE = 40_000

/**
 * @param {string} film the picture before every lens, see eyes.mjs
 * @param {{fresh?: boolean}} how `fresh`: the pictures of earlier stories go
 */
export function openBrowser(film, { fresh = true } = {}) {
  if (fresh) rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
  return chromium.launch({
    executablePath: BROWSERS.find((one) => one && existsSync(one)),
    args: ['--lang=zh-CN', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
  })
}

/** One person with a phone (or a desk) in hand. */
export class Person {
  problems = []
  /** Screens that were looked at with axe, and what it found. */
  static looks = []
  #expected = []

  /** @param {{size?: {width: number, height: number}, line?: string}} how `line` is the proxy that is their only way out */
  static async come(browser, base, name, { size = PHONE, line } = {}) {
    const context = await browser.newContext({
      baseURL: base, viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', colorScheme: 'light', reducedMotion: 'reduce',
      deviceScaleFactor: PICTURES && size === PHONE ? 2 : 1, isMobile: size === PHONE, hasTouch: size === PHONE, permissions: ['camera'], acceptDownloads: true,
      ...(line ? { proxy: { server: line, bypass: '<-loopback>' } } : {}),
    })
    context.setDefaultTimeout(PATIENCE)
    const person = new Person()
    Object.assign(person, { name, context, page: await context.newPage() })
    person.#watch()
    return person
  }

  #watch() {
    const { page } = this
    page.on('pageerror', (error) => this.#note(`threw: ${error.message}`))
    page.on('console', (said) => {
      // The browser's own line about a refused request is counted below, with its address.
      if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) this.#note(`console: ${said.text()}`)
    })
    page.on('requestfailed', (asked) => {
      const why = asked.failure()?.errorText ?? ''
      if (why !== 'net::ERR_ABORTED') this.#note(`failed: ${asked.method()} ${new URL(asked.url()).pathname} ${why}`)
    })
    page.on('response', (answer) => {
      if (answer.status() >= 400) this.#note(`answered: ${answer.request().method()} ${new URL(answer.url()).pathname} ${answer.status()}`)
    })
  }

  #note(problem) {
    if (!this.#expected.some((one) => one.test(problem))) this.problems.push(`${this.name}, at ${new URL(this.page.url()).pathname}: ${problem}`)
  }

  /** Something that is meant to go wrong from here on. */
  expect(...patterns) { this.#expected.push(...patterns) }

  go(path) { return this.page.goto(path) }
  button(name) { return this.page.getByRole('button', { name }) }
  link(name) { return this.page.getByRole('link', { name }) }
  tab(name) { return this.page.getByRole('navigation', { name: /菜单/ }).getByRole('link', { name: new RegExp(`^\\s*${name}`) }) }
  says(text) { return this.page.getByText(text).first().waitFor() }
  /** Nothing on the page is being fetched any more: what is the first of it now stays the first. */
  settled() { return this.page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' }) }
  heading(name) { return this.page.getByRole('heading', { name }).first().waitFor() }

  /** Comes in by phone and the code that the demo shows instead of a message. */
  async typeIn(phone) {
    await this.page.getByLabel('手机号').fill(phone)
    await this.button('收验证码').click()
    const shown = await this.page.getByText('演示用的验证码：').innerText()
    await this.page.getByLabel('六位验证码').fill(shown.match(/\d{6}/)[0])
    await this.button('进来').click()
  }

  /** Becomes one of the people whom the demo's log-in page offers. */
  async be(what) {
    await this.go('/login')
    await this.page.locator('.cast').getByRole('button', { name: what }).click()
    await this.page.waitForURL((url) => url.pathname !== '/login')
  }

  async shot(name) {
    await this.page.screenshot({ path: join(OUT, `${name}.png`), animations: 'disabled' })
  }

  /** One of the README's pictures. */
  async picture(name) {
    if (PICTURES) await this.page.screenshot({ path: join(PICTURES, `${name}.jpg`), type: 'jpeg', quality: 84, animations: 'disabled' })
  }

  /** Takes the screen's picture and lets axe look at it. */
  async look(name) {
    await this.shot(name)
    await this.page.evaluate(AXE)
    const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    const violations = found.violations.map((one) => ({
      rule: one.id, impact: one.impact, where: one.nodes.slice(0, 3).map((node) => node.target.join(' ')), times: one.nodes.length,
      why: one.nodes[0]?.failureSummary?.split('\n').slice(1, 3).join(' ').trim(),
    }))
    Person.looks.push({ screen: name, violations })
  }

  /**
   * When a text comes to this screen by itself: begins to watch now; the answer is the moment (ms since 1970).
   * @param {{within?: number, beside?: string}} where `beside`: only in the post that has these words too
   * @returns {Promise<() => Promise<number>>}
   */
  async watchFor(text, { within = PATIENCE, beside = '' } = {}) {
    const watch = await this.page.evaluateHandle(seen, { text, beside, within })
    return async () => {
      const at = await watch.evaluate((one) => one.at)
      if (at === null) throw new Error(`${this.name} did not see "${text}" within ${within} ms`)
      return at
    }
  }

  /** Taps, and answers with the moment at which the page felt it (ms since 1970). */
  async tap(button) {
    const felt = await this.page.evaluateHandle(tapped)
    await button.click()
    return felt.evaluate((one) => one.at)
  }
}

/* The two run in the page. Their promises are in an object, so that they are not waited for. */

/** `at` is when the text is there; null when it did not come. */
function seen({ text, beside, within }) {
  const has = (place) => place.textContent.includes(text)
  const there = () => (beside ? [...document.querySelectorAll('article')].some((one) => one.textContent.includes(beside) && has(one)) : has(document.body))
  return { at: new Promise((done) => {
    const observer = new MutationObserver(() => { if (there()) end(Date.now()) })
    const timer = setTimeout(() => end(null), within)
    function end(at) {
      observer.disconnect()
      clearTimeout(timer)
      done(at)
    }
    observer.observe(document.body, { childList: true, subtree: true, characterData: true })
    if (there()) end(Date.now())
  }) }
}

/** `at` is when the page is tapped next. */
function tapped() {
  return { at: new Promise((done) => {
    document.addEventListener('click', () => done(Date.now()), { capture: true, once: true })
  }) }
}
