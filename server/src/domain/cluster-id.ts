/** The cluster of a store whose spec names none. There is only this one today. */
export const MAIN_CLUSTER = 'main';
