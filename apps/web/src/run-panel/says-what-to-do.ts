/**
 * Whether a failure's message goes on with what to do about it, as most that connectors give: a second sentence, such as “… answered 404: there
 * is nothing at this address. Check the address and the ids in it.” Then nothing more is said.
 */
export const saysWhatToDo = (message: string): boolean => /[.!?…]”?\s+[\p{Lu}\p{Lt}\p{Lo}“]/u.test(message);
