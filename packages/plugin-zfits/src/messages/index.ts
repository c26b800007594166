export { firstMessage, readMessages, type ReadMessagesOptions } from './read-messages.js';
export type { MessageFields, MessageOf, MessageType, NestedFields, StoredField } from './message-type.js';
export * from './data-model-messages.js';
export * from './dl0v1-messages.js';
export * from './proto-r1-messages.js';
export * from './r1v1-messages.js';
