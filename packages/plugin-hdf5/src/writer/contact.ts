import { Component, trait } from '@cherenkit/core';

/** Who answers for a file; its values stand in the file's attributes. Source: ctapipe 0.32 `Contact`. */
export class Contact extends Component.withTraits({
  name: trait.string({ default: 'unknown', help: 'Whom to ask about the file.' }),
  email: trait.string({ default: 'unknown', help: 'Where to ask.' }),
  organization: trait.string({ default: 'unknown', help: 'Who stands behind it.' }),
}) {
  static override readonly kind: string = 'Contact';
  static override readonly help = 'Names who answers for a file.';
}
