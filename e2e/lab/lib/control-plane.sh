# The control plane: etcd, API server, controllers, scheduler, volumes. It runs on the machine itself, at the bridge's address.
# shellcheck shell=bash

readonly etcd_url=http://127.0.0.1:12379 # not etcd's usual port, which the machine may use itself

run_etcd() {
  # No fsync: the lab's cluster need not outlive the machine, only its own processes.
  spawn etcd "$programs/etcd" --data-dir "$live/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "$etcd_url" --advertise-client-urls "$etcd_url" \
    --listen-peer-urls http://127.0.0.1:12380 --initial-advertise-peer-urls http://127.0.0.1:12380 \
    --initial-cluster default=http://127.0.0.1:12380
}

run_apiserver() {
  spawn apiserver "$programs/kube-apiserver" --etcd-servers="$etcd_url" \
    --bind-address=10.77.0.1 --advertise-address=10.77.0.1 --secure-port=6443 \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged \
    --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
    --kubelet-certificate-authority="$pki/ca.crt" \
    --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" \
    --kubelet-preferred-address-types=InternalIP \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$pki/sa.pub" \
    --service-account-signing-key-file="$pki/sa.key" --service-cluster-ip-range="$services"
}

run_controllers() {
  spawn controllers "$programs/kube-controller-manager" --kubeconfig="$pki/controllers.kubeconfig" \
    --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --use-service-account-credentials --allocate-node-cidrs=false --leader-elect=false --secure-port=0
}

run_scheduler() {
  spawn scheduler "$programs/kube-scheduler" --kubeconfig="$pki/scheduler.kubeconfig" --leader-elect=false --secure-port=0
}

# The default storage class, so that a claim without one gets a volume too.
run_volumes() {
  kubectl apply -f - >/dev/null <<YAML
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: lab
  annotations: {storageclass.kubernetes.io/is-default-class: "true"}
provisioner: mysqlmmm.io/lab
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
reclaimPolicy: Delete
YAML
  spawn volumes "$here/provisioner"
}

api_is_ready() { kubectl get --raw /readyz --request-timeout=2s; }
