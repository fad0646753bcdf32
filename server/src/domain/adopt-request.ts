/** Which stores of another installation somebody asks to take over. */
export interface AdoptRequest {
  installation: string;
  /** Names; all of them without it. */
  stores?: readonly string[] | undefined;
  actor: string;
}
