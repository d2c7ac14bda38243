export const helpId = (id: string): string => `${id}__help`;
export const errorsId = (id: string): string => `${id}__errors`;
export const labelId = (id: string): string => `${id}__label`;
