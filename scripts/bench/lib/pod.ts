/** Changes a store's pod in the embedded cluster, as a kubelet would. */
export async function setPodReady(cluster: string, namespace: string, ready: boolean): Promise<void> {
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
  const response = await fetch(`${cluster}/api/v1/namespaces/${namespace}/pods/mariadb-0/status`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/strategic-merge-patch+json' },
    body: JSON.stringify({ status: { conditions } }),
  });
  if (!response.ok) throw new Error(`the pod could not be changed: ${response.status} ${await response.text()}`);
}
