# The project's commands. `make` or `make help` lists them; what they do is in e2e/lab/project and e2e/lab/lab.
.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/bash
LAB := e2e/lab/lab
PROJECT := e2e/lab/project

##@ Build
.PHONY: build unit generate check-generate format lint clean
build: ## compile and package everything, without tests
	@$(PROJECT) build
unit: ## run the unit tests
	@$(PROJECT) unit
generate: ## make the generated files anew: the CRD in the chart, the field reference
	@$(PROJECT) generate
check-generate: ## fail if a generated file is not what is committed
	@$(PROJECT) check-generate
format: ## format the Java sources
	@$(PROJECT) format
lint: ## check formats, warnings, shell scripts and the chart
	@$(PROJECT) lint
clean: ## remove what was built in the tree; the lab's cache stays
	@e2e/lab/maven --quiet clean

##@ Lab: a real Kubernetes of three nodes on this machine (needs root)
.PHONY: lab-up lab-down lab-status lab-env images install uninstall
lab-up: ## build what the lab needs and start it; the first time takes about ten minutes
	@$(LAB) up
lab-down: ## remove the lab without a trace; what was built for it stays in the cache
	@$(LAB) down
lab-status: ## show what runs
	@$(LAB) status
lab-env: ## print shell lines for kubectl, helm and kubectl-mmm: eval "$$(make -s lab-env)"
	@$(LAB) env
images: ## build the operator's and the agent's image and load them into the nodes
	@$(PROJECT) images
install: ## install or upgrade the operator from its Helm chart
	@$(PROJECT) install
uninstall: ## remove the Helm release
	@$(PROJECT) uninstall

##@ Try and test
.PHONY: demo e2e chaos stress bench test
demo: ## from nothing to a pair at work: build, lab, install, writes, a move, a failover
	@$(LAB) up
	@$(PROJECT) images
	@$(PROJECT) install
	@e2e/lab/demo.sh
e2e: ## run the end-to-end tests in the lab that is up
	@$(PROJECT) e2e
chaos: ## break the lab's pair at random while clients write: RUNS=200 SEED=7 FAULTS=move,writer-mysqld-killed+move
	@$(PROJECT) chaos
stress: ## kill a writer again and again under a mixed load, cut its binlog, compare all rows: KILLS=40
	@$(PROJECT) stress
bench: ## measure the pair and print a table: RUNS=50 CASES=move,kill,standby,cut,control,memory,redundancy SIZE=1
	@$(PROJECT) bench
test: ## run all tests from nothing and remove the lab; KEEP=1 keeps it
	@$(PROJECT) test

.PHONY: help
help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { gsub(/[$$][$$]/, "$$", $$2); printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
