import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { axeViolations } from './axe-violations.js';
import { REPOSITORY_ROOT } from './repository-root.js';

const VIEWER = pathToFileURL(join(REPOSITORY_ROOT, 'packages', 'viewer', 'dist', 'viewer.html')).href;

/** Longest time of a step, ms: machines may be busy. */
const TIMEOUT = 60_000;

/** The viewer in a page of Chromium. */
export class ViewerPage implements AsyncDisposable {
  /** Messages on the console, and errors of the page. */
  readonly problems: string[] = [];
  /** Addresses that the page asked for, other than itself. */
  readonly requests: string[] = [];

  private constructor(readonly page: Page) {
    page.setDefaultTimeout(TIMEOUT);
    page.on('console', (message) => this.problems.push(message.text()));
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('request', (request) => this.requests.push(request.url()));
  }

  /** Opens the viewer, by default from its file. */
  static async open(browser: Browser, options: BrowserContextOptions = {}, address = VIEWER): Promise<ViewerPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const viewer = new ViewerPage(await context.newPage());
    await viewer.page.goto(address);
    return viewer;
  }

  /** Requests of anything but the page itself and its workers. */
  get requestsElsewhere(): string[] {
    return this.requests.filter((url) => !/^(blob:|data:)/.test(url) && !url.startsWith(VIEWER));
  }

  /** Chooses a file, or several together, and waits for its first event. */
  async openFile(path: string | readonly string[]): Promise<void> {
    await this.page.setInputFiles('#file', typeof path === 'string' ? path : [...path]);
    await this.waitForEvent();
  }

  /** Waits until an event is shown, and another one than the one before. */
  async waitForEvent(before = ''): Promise<string> {
    await this.waitFor(
      `document.querySelector('#event-id').value !== ${JSON.stringify(before)} && document.querySelector('#event-summary').textContent !== ''`,
    );
    return this.eventId();
  }

  eventId(): Promise<string> {
    return this.page.inputValue('#event-id');
  }

  text(selector: string): Promise<string> {
    return this.page.innerText(selector);
  }

  /** The value beside a label in the tables of results and parameters. */
  value(label: string): Promise<string> {
    return this.page.innerText(`.values tr:has(> th:text-is("${label}")) td`);
  }

  /** Waits until an expression in the page is true. The functions of playwright for this need a policy that allows `eval`. */
  async waitFor(expression: string): Promise<void> {
    const end = Date.now() + TIMEOUT;
    while (!(await this.page.evaluate(`Boolean(${expression})`))) {
      if (Date.now() > end) {
        const status = await this.page.textContent('#status');
        throw new Error(`Never true: ${expression}; status: ${status}; ${this.problems.join()}`);
      }
      await this.page.waitForTimeout(30);
    }
  }

  /** Moves a slider as the keyboard and the mouse do. */
  async slide(label: string, value: number): Promise<void> {
    await this.page.locator(`input[type=range][aria-label="${label}"]`).evaluate((input, to) => {
      const slider = input as unknown as { value: string; dispatchEvent(event: object): void };
      slider.value = String(to);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, value);
  }

  /** Violations of accessibility rules: `color-contrast: .note`. */
  async violations(): Promise<string[]> {
    return axeViolations(this.page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}
