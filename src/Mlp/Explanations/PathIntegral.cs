namespace Mlp.Explanations;

/// <summary>The integrals of the gradient of a score along the straight line from one row to another, in adaptive parts.</summary>
internal sealed class PathIntegral
{
    /// <summary>Gradients that are taken at once.</summary>
    public const int PointsAtOnce = FirstPartCount * 3;

    private const int FirstPartCount = 8, MaxDepth = 30;

    // Errors of parts have random signs: with that many of them the root of their squares is within the tolerance.
    private const double PartShare = 1 / 128.0;

    // Of the 3-point rule on [0, 1].
    private static readonly double[] Nodes = [0.5 - Math.Sqrt(0.15), 0.5, 0.5 + Math.Sqrt(0.15)];
    private static readonly double[] NodeWeights = [5 / 18.0, 8 / 18.0, 5 / 18.0];

    private readonly ScoreFunction _function;
    private readonly double[] _from, _to, _points, _gradients, _scores;
    private readonly Part[] _first;
    private readonly double[] _ends = new double[FirstPartCount + 1];
    private readonly List<Part[]> _halves = [];
    private int _output, _maxPointCount;
    private double _tolerance;

    /// <param name="function">Has room for <see cref="PointsAtOnce"/> rows.</param>
    /// <param name="from">Where the line begins; read at every use.</param>
    /// <param name="to">Where it ends; read at every use.</param>
    public PathIntegral(ScoreFunction function, double[] from, double[] to)
    {
        (_function, _from, _to) = (function, from, to);
        _points = new double[PointsAtOnce * from.Length];
        _gradients = new double[_points.Length];
        _scores = new double[PointsAtOnce];
        _first = [.. Enumerable.Range(0, FirstPartCount).Select(_ => new Part(from.Length))];
    }

    /// <summary>Gradients since the start.</summary>
    public int PointCount { get; private set; }

    /// <summary>Begins with another line or output.</summary>
    public void Start(int output)
    {
        (_output, PointCount) = (output, 0);
        for (int end = 0; end <= FirstPartCount; end++)
            WritePoint(end, end / (double)FirstPartCount);
        _function.Evaluate(_points.AsSpan(0, _ends.Length * _from.Length), output, _ends);
        Evaluate(0, 1.0 / FirstPartCount, _first);
    }

    /// <summary>Integrates; returns the sum of the absolute values.</summary>
    /// <param name="relativeTolerance">Of that sum: what it may be off, as far as the halving of parts shows.</param>
    /// <param name="maxPointCount">After so many gradients nothing is halved any more.</param>
    /// <param name="integrals">One per feature, overwritten.</param>
    public double Compute(double relativeTolerance, int maxPointCount, double[] integrals)
    {
        double size = Enumerable.Range(0, integrals.Length).Sum(feature => Math.Abs(_first.Sum(part => part.Integrals[feature])));
        // Contributions that cancel each other along the way.
        double steps = _first.Max(part => part.Integrals.Sum(Math.Abs));
        (_tolerance, _maxPointCount) = (relativeTolerance * PartShare * Math.Max(size, steps), maxPointCount);
        Array.Clear(integrals);
        for (int part = 0; part < FirstPartCount; part++)
            Refine(part / (double)FirstPartCount, 1.0 / FirstPartCount, depth: 0, _first[part], _ends[part], _ends[part + 1], integrals);
        return integrals.Sum(Math.Abs);
    }

    /// <summary>Adds the integral over a part, from its halves or from parts of them.</summary>
    private void Refine(double start, double length, int depth, Part whole, double startScore, double endScore, double[] integrals)
    {
        if (depth == _halves.Count)
            _halves.Add([new Part(_from.Length), new Part(_from.Length)]);
        Part left = _halves[depth][0], right = _halves[depth][1];
        Evaluate(start, length / 2, _halves[depth]);
        // The gradient shows what happens around its points; the scores show a kink wherever it is.
        double change = Math.Max(left.Gap(startScore, whole.MiddleScore), right.Gap(whole.MiddleScore, endScore));
        for (int feature = 0; feature < integrals.Length; feature++)
            change = Math.Max(change, Math.Abs(whole.Integrals[feature] - left.Integrals[feature] - right.Integrals[feature]));
        if (change <= _tolerance || depth == MaxDepth || PointCount >= _maxPointCount)
        {
            for (int feature = 0; feature < integrals.Length; feature++)
                integrals[feature] += left.Integrals[feature] + right.Integrals[feature];
            return;
        }
        Refine(start, length / 2, depth + 1, left, startScore, whole.MiddleScore, integrals);
        Refine(start + length / 2, length / 2, depth + 1, right, whole.MiddleScore, endScore, integrals);
    }

    /// <summary>The integrals over parts side by side, all of the same length.</summary>
    private void Evaluate(double start, double length, ReadOnlySpan<Part> parts)
    {
        int inputCount = _from.Length, pointCount = parts.Length * Nodes.Length;
        for (int point = 0; point < pointCount; point++)
            WritePoint(point, start + (point / Nodes.Length + Nodes[point % Nodes.Length]) * length);
        Span<double> gradients = _gradients.AsSpan(0, pointCount * inputCount);
        _function.Evaluate(_points.AsSpan(0, gradients.Length), _output, _scores.AsSpan(0, pointCount), gradients);
        PointCount += pointCount;
        for (int part = 0; part < parts.Length; part++)
        {
            parts[part].MiddleScore = _scores[part * Nodes.Length + 1];
            for (int feature = 0; feature < inputCount; feature++)
            {
                double sum = 0;
                for (int node = 0; node < Nodes.Length; node++)
                    sum += NodeWeights[node] * gradients[(part * Nodes.Length + node) * inputCount + feature];
                parts[part].Integrals[feature] = sum * length * (_to[feature] - _from[feature]);
            }
        }
    }

    private void WritePoint(int point, double alpha)
    {
        for (int feature = 0; feature < _from.Length; feature++)
            _points[point * _from.Length + feature] = _from[feature] + alpha * (_to[feature] - _from[feature]);
    }

    /// <summary>What is known of a part of the line.</summary>
    private sealed class Part(int inputCount)
    {
        /// <summary>One per feature.</summary>
        public double[] Integrals { get; } = new double[inputCount];

        /// <summary>Half way.</summary>
        public double MiddleScore { get; set; }

        /// <summary>By how much the integrals miss the difference of the scores at the ends.</summary>
        public double Gap(double startScore, double endScore) => Math.Abs(Integrals.Sum() - (endScore - startScore));
    }
}
