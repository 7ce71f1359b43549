// One generator of random numbers, one thread count and one size of memory belong to the whole process, and tests look
// at each.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
