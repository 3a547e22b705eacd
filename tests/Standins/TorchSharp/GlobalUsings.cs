// torch draws from process-wide generators and counts tensors per process: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
