using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Rhytid.Bench;

if (args is ["network", ..])
    return NetworkSideBySide.Run(args[1..]);
if (args is ["endurance", ..])
    return ManagedEndurance.Run(args[1..]);
if (args is ["training", ..])
    return TrainingSideBySide.Run(args[1..]);
if (args is ["augmentation", ..])
    return AugmentationTiming.Run(args[1..]);
if (args is ["codecs", _, ..])
    return CodecTiming.Run(args[1..]);
if (args is ["weak-labels", ..])
    return WeakLabelsSideBySide.Run(args[1..]);

// In process: BenchmarkDotNet's generated projects would not carry the native library along.
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
