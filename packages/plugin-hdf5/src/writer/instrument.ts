import { Component, trait } from '@cherenkit/core';

/** What instrument a file's data are from; its values stand in the file's attributes. Source: ctapipe 0.32 `Instrument`. */
export class Instrument extends Component.withTraits({
  site: trait.string({ default: 'Other', help: 'The site of CTAO, or another telescope.' }),
  class_: trait.oneOf(
    ['Array', 'Subarray', 'Telescope', 'Camera', 'Optics', 'Mirror', 'Photo-sensor', 'Module', 'Part', 'Other'],
    { default: 'Other', help: 'What part of an observatory it is.' },
  ),
  type_: trait.string({ default: 'unspecified', help: 'Its type.' }),
  subtype: trait.string({ default: 'unspecified', help: 'Its type, in more detail.' }),
  version: trait.string({ default: 'unspecified', help: 'Its version.' }),
  id_: trait.string({ default: 'unspecified', help: 'Its name; that of the array if it is left unspecified.' }),
}) {
  static override readonly kind: string = 'Instrument';
  static override readonly help = 'Names the instrument that a file is about.';
}
