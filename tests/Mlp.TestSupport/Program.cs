using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Mlp.TestSupport;

// Runs the kernel checks in the tier that the environment allows: none, DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 or
// DOTNET_EnableHWIntrinsic=0. The first argument is the tier expected: 512, 256, 128, scalar, or any; a second one, tier-only, ends
// the program after it has told its tier. Exit code 0 when all is well. With the first argument rank it is a RankProgram, with
// link a DelayedLink.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length > 0 && args[0] == "rank")
    return RankProgram.Run(args);
if (args.Length > 0 && args[0] == "link")
    return DelayedLink.Run(args);
string tier = Vector512.IsHardwareAccelerated ? "512"
    : Vector256.IsHardwareAccelerated ? "256"
    : Vector128.IsHardwareAccelerated ? "128"
    : "scalar";
Console.WriteLine($"tier {tier}");
Console.WriteLine($"fused {Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported}");
string expected = args.Length > 0 ? args[0] : "any";
if (expected != "any" && expected != tier)
{
    Console.Error.WriteLine($"The tier is {tier}, expected was {expected}: is the switch known to this runtime?");
    return 2;
}

if (args.Contains("tier-only"))
    return 0;

int failures = 0;
RunAll<float>();
RunAll<double>();
return failures == 0 ? 0 : 1;

void RunAll<T>()
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    Check<T>("products of small shapes", () => $"{GemmChecks.SmallShapes<T>()} products");
    Check<T>("products of large shapes", () =>
    {
        GemmChecks.LargeShapes<T>(1, 2);
        return "";
    });
    Check<T>("products of NaN and infinities", () =>
    {
        GemmChecks.SpecialValues<T>();
        return "";
    });
    Check<T>("products' error", () => $"{GemmChecks.ErrorBound<T>():F3} of the bound");
    Check<T>("body equals tail", () =>
    {
        foreach (string name in VectorLoopChecks.Names)
            VectorLoopChecks.BodyEqualsTail<T>(name);
        return $"{VectorLoopChecks.Names.Count} functions";
    });
    foreach (LaneMathCase laneMathCase in LaneMathChecks.Cases)
    {
        Check<T>($"{laneMathCase.Function} on [{laneMathCase.Low}, {laneMathCase.High}]", () =>
        {
            (double ulps, double at) = LaneMathChecks.Run<T>(laneMathCase);
            return $"{ulps:F2} ulp at {at:G9}";
        });
    }
    double tolerance = typeof(T) == typeof(float) ? 1e-5 : 1e-12;
    Check<T>("gradients", () => $"{Fixtures.Gradients.Cases.Max(gradientCase => GradientFixtureCheck.Run<T>(gradientCase, tolerance)):E1}");
}

void Check<T>(string name, Func<string> check)
{
    long start = Stopwatch.GetTimestamp();
    try
    {
        string result = check();
        Console.WriteLine($"ok {typeof(T).Name} {name}: {result} ({Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s)");
    }
    catch (Exception exception)
    {
        failures++;
        Console.Error.WriteLine($"FAILED {typeof(T).Name} {name}: {exception.Message}");
    }
}
