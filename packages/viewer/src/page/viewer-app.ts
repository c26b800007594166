import type { ServedFile } from '../index.js';
import type { Addresses, Config } from '../protocol.js';
import { isOfSource } from '../source-sections.js';
import { GroundView, SkyView } from './array-views.js';
import { CameraGrid } from './camera-grid.js';
import { merged, withoutNesting } from './config-text.js';
import { EventHistograms } from './event-histograms.js';
import { EventList } from './event-list.js';
import { shownRows } from './event-selection.js';
import { FileSession } from './file-session.js';
import { FocusView } from './focus-view.js';
import { byId } from './make-element.js';
import { PageAddress } from './page-address.js';
import { PageHeader } from './page-header.js';
import { focusedTelescope, imagedTelescopes, SIMULATED, type PageActions, type PageModel } from './page-model.js';
import { PageScreen } from './page-screen.js';
import type { PageState } from './page-state.js';
import { PageStore } from './page-store.js';
import { remedyOf } from './remedies.js';
import { ResultTables } from './result-tables.js';
import { SettingsPanel } from './settings-panel.js';
import { TimeLapse } from './time-lapse.js';
import { WaveformView } from './waveform-view.js';

/**
 * The viewer. What the user does is a change of the state here; the session of the file requests what the state asks for; both
 * change the model of the store, and the screen draws the parts of the page whose model has changed.
 */
export class ViewerApp implements PageActions {
  readonly #store = new PageStore(() => this.#screen.draw());
  readonly #session: FileSession;
  readonly #address = new PageAddress(() => void this.#readAddress());
  readonly lapse: TimeLapse;
  readonly #screen = new PageScreen(
    [
      new EventList(this), // first, as it reads where it is scrolled to
      new PageHeader(this),
      new CameraGrid(this),
      new FocusView(this),
      new GroundView(this),
      new SkyView(),
      new WaveformView(this),
      new SettingsPanel(this),
      new EventHistograms(this),
      new ResultTables(),
    ],
    () => this.#store.model,
  );

  /** @param addresses - of the files that a configuration may name, by path */
  constructor(addresses: Addresses = {}) {
    this.#session = new FileSession(this.#store, addresses);
    this.lapse = new TimeLapse(this.#store, this.#session);
  }

  /**
   * Shows what the address contains.
   *
   * @param config - settings of an address without any
   */
  async start(config: Config = {}): Promise<void> {
    if ((await this.#address.read()) === undefined) this.#store.changeState({ config: withoutNesting(config) });
    await this.#readAddress();
    this.#screen.draw();
  }

  /** Prepares opening a file. */
  prepare(): void {
    this.#session.prepare();
  }

  get state(): PageState {
    return this.#model.state;
  }

  /**
   * Opens a file, or an address.
   *
   * @param others - files that were chosen, or are served, together with it: streams and chunks of a run
   */
  async open(
    source: File | string,
    name = typeof source === 'string' ? source : source.name,
    others: readonly (File | ServedFile)[] = [],
  ): Promise<void> {
    await this.#session.open({ source, name, others });
    this.#address.write(this.state);
  }

  /** Simulates events of an array. */
  simulate(): Promise<void> {
    return this.open(`${SIMULATED}?events=20&array=south`, SIMULATED);
  }

  update(changes: Partial<PageState>): void {
    const before = this.state;
    this.#store.changeState(changes);
    this.#address.write(this.state);
    void this.#request(before);
  }

  /** Requests what the state needs, as far as it differs from the state before. */
  async #request(before: PageState): Promise<void> {
    const session = this.#session;
    const { config, without, other, field, telId, pixels } = this.state;
    if (sourceSections(config) !== sourceSections(before.config)) return session.reopen();
    const { viewed } = this.#model;
    if (!viewed) return;
    if (config !== before.config) void session.configure();
    if (config !== before.config || without !== before.without || other !== before.other) {
      await session.view({ index: viewed.index });
    } else {
      if (field !== before.field) void session.loadValues();
      if (telId !== before.telId || pixels !== before.pixels) await session.loadWaveforms();
    }
  }

  goTo(index: number): void {
    void this.#view({ index });
  }

  /** Goes to an event by its id. */
  find(eventId: number): void {
    void this.#view({ eventId });
  }

  async #view(place: Parameters<FileSession['view']>[0]): Promise<void> {
    await this.#session.view(place);
    this.#address.write(this.state);
  }

  /** Goes to the event before or after, in the order of the list. */
  step(by: 1 | -1): void {
    const { viewed, isListed, state } = this.#model;
    if (!viewed) return;
    const shown = shownRows(this.#model);
    const place = shown.findIndex(({ index }) => index === viewed.index);
    const next = place < 0 ? undefined : shown[place + by];
    if (next) this.goTo(next.index);
    else if (by === 1 && viewed.hasNext && !isListed && Object.keys(state.ranges).length === 0)
      this.goTo(viewed.index + 1);
    else this.#store.say(by === 1 ? 'This is the last event.' : 'This is the first event.');
  }

  /** Chooses the telescope before or after. */
  stepTelescope(by: 1 | -1): void {
    const telIds = imagedTelescopes(this.#model);
    const focused = focusedTelescope(this.#model);
    if (focused === undefined) return;
    const telId = telIds[(telIds.indexOf(focused) + by + telIds.length) % telIds.length];
    this.update({ telId, pixels: [] });
  }

  toggleTelescope(telId = focusedTelescope(this.#model)): void {
    const { without } = this.state;
    if (telId === undefined) return;
    const others = without.filter((each) => each !== telId);
    const isUsed = others.length === without.length;
    this.update({ without: isUsed ? [...without, telId].sort((a, b) => a - b) : others });
  }

  /** Keeps the settings as B, and goes on with A; or ends the comparison. */
  toggleComparison(): void {
    const { config, without, other } = this.state;
    this.update({ other: other ? undefined : { config, without } });
  }

  readConfig(text: string, name: string): void {
    void this.#session.settingsFrom(text, name).then((settings) => settings && this.update(settings));
  }

  applyRemedy(): void {
    const remedy = remedyOf(this.#model);
    if (remedy) this.update({ config: merged(this.state.config, remedy.config) });
  }

  get #model(): PageModel {
    return this.#store.model;
  }

  async #readAddress(): Promise<void> {
    const state = await this.#address.read();
    const before = this.state;
    if (!state || JSON.stringify(state) === JSON.stringify(before)) return;
    this.#store.changeState(state);
    if (!this.#model.file) {
      if (state.file === SIMULATED) await this.simulate();
      else if (state.file !== '')
        byId('wanted').textContent = `This link shows ${state.file}, event ${state.eventId ?? ''}: choose this file.`;
      return;
    }
    void this.#session.configure();
    if (state.eventId !== undefined) await this.#session.view({ eventId: state.eventId, obsId: state.obsId });
  }
}

function sourceSections(config: Config): string {
  return JSON.stringify(Object.entries(config).filter(([name]) => isOfSource(name)));
}
