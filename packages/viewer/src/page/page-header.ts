import { counted } from '@cherenkit/core';
import { byId, make } from './make-element.js';
import { fileTitle, type PageActions, type PageModel, type PageView } from './page-model.js';
import { messageOf, remedyOf } from './remedies.js';

/** The line above the panels: file, event, messages with what helps, and the buttons that are on or off. */
export class PageHeader implements PageView {
  readonly #eventId = byId<HTMLInputElement>('event-id');
  readonly #status = byId('status');
  readonly #remedy = byId<HTMLButtonElement>('remedy');
  readonly #lapseSlider = byId<HTMLInputElement>('lapse-slider');

  constructor(actions: PageActions) {
    this.#remedy.addEventListener('click', () => actions.applyRemedy());
  }

  inputs({ file, viewed, message, listProblem, lapse, state, warnings }: PageModel): readonly unknown[] {
    return [file, viewed, message, listProblem, lapse, state.other, state.theme, warnings];
  }

  show(model: PageModel): void {
    const { file, viewed, lapse, state, warnings } = model;
    document.documentElement.dataset['theme'] = state.theme;
    if (file) {
      document.body.classList.add('has-file');
      document.title = `${fileTitle(file.name)} – Cherenkit viewer`;
      byId('file-name').textContent = fileTitle(file.name);
    }
    const { event } = viewed?.result ?? {};
    if (event && document.activeElement !== this.#eventId) this.#eventId.value = String(event.index.eventId);
    const energy = event?.simulation?.shower?.energy ?? NaN;
    const parts = event
      ? [
          `run ${event.index.obsId}`,
          ...(Number.isFinite(energy) ? [`${Number(energy.toPrecision(3))} TeV`] : []),
          counted(event.dl1.tel.size, 'telescope'),
        ]
      : [];
    // The id is in the field beside it; those who hear the page hear it with the rest.
    const id = make('span', {
      className: 'visually-hidden',
      textContent: event ? `Event ${event.index.eventId}: ` : '',
    });
    byId('event-summary').replaceChildren(id, parts.join(' · '));
    byId('compare').setAttribute('aria-pressed', String(state.other !== undefined));
    byId('compare-note').hidden = state.other === undefined;
    byId('play').setAttribute('aria-pressed', String(lapse !== undefined));
    byId('lapse-time').textContent = lapse ? `${lapse.time.toFixed(0)} ns` : '';
    this.#lapseSlider.hidden = lapse === undefined;
    this.#lapseSlider.max = String((lapse?.end ?? 1) - 1);
    if (lapse?.isPlaying) this.#lapseSlider.value = String(lapse.time);
    this.#showMessage(model);
    byId('warnings').hidden = warnings.length === 0;
    byId('warnings').textContent = warnings.join('\n');
  }

  #showMessage(model: PageModel): void {
    const { text, isBusy = false, code } = messageOf(model);
    const remedy = remedyOf(model);
    this.#status.textContent = text;
    this.#status.title = text;
    this.#status.classList.toggle('is-error', code !== undefined);
    document.body.classList.toggle('is-busy', isBusy);
    this.#remedy.hidden = remedy === undefined;
    this.#remedy.textContent = remedy?.label ?? '';
  }
}
