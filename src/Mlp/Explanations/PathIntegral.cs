namespace Mlp.Explanations;

/// <summary>The integrals of the gradient of a score along a straight line, in adaptive parts.</summary>
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
    private readonly StraightPath _path;
    private readonly double[] _scores = new double[PointsAtOnce];
    private double[] _points = [], _gradients = [];
    private Part[] _first = [];
    private readonly double[] _ends = new double[FirstPartCount + 1];
    private readonly List<Part[]> _halves = [];
    private int _output, _maxPointCount;
    private double _tolerance;

    /// <param name="function">Has room for <see cref="PointsAtOnce"/> rows.</param>
    /// <param name="path">The line; read at every use.</param>
    public PathIntegral(ScoreFunction function, StraightPath path) => (_function, _path) = (function, path);

    /// <summary>Gradients since the start.</summary>
    public int PointCount { get; private set; }

    /// <summary>Begins with another line or output.</summary>
    public void Start(int output)
    {
        (_output, PointCount) = (output, 0);
        Reserve();
        for (int end = 0; end <= FirstPartCount; end++)
            _path.Write(_points, end, _ends.Length, end / (double)FirstPartCount);
        _function.Evaluate(_path, _points.AsSpan(0, _ends.Length * _path.From.Length), output, _ends);
        Evaluate(0, 1.0 / FirstPartCount, _first);
    }

    /// <summary>Integrates; returns the sum of the absolute values.</summary>
    /// <param name="relativeTolerance">Of that sum: what it may be off, as far as the halving of parts shows.</param>
    /// <param name="maxPointCount">After so many gradients nothing is halved any more.</param>
    /// <param name="integrals">One per contributor, overwritten.</param>
    public double Compute(double relativeTolerance, int maxPointCount, double[] integrals)
    {
        double size = Enumerable.Range(0, integrals.Length).Sum(
            contributor => Math.Abs(_first.Sum(part => part.Integrals[contributor])));
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
            _halves.Add([new Part(integrals.Length), new Part(integrals.Length)]);
        Part left = _halves[depth][0], right = _halves[depth][1];
        Evaluate(start, length / 2, _halves[depth]);
        // The gradient shows what happens around its points; the scores show a kink wherever it is.
        double change = Math.Max(left.Gap(startScore, whole.MiddleScore), right.Gap(whole.MiddleScore, endScore));
        for (int index = 0; index < integrals.Length; index++)
            change = Math.Max(change, Math.Abs(whole.Integrals[index] - left.Integrals[index] - right.Integrals[index]));
        if (change <= _tolerance || depth == MaxDepth || PointCount >= _maxPointCount)
        {
            for (int index = 0; index < integrals.Length; index++)
                integrals[index] += left.Integrals[index] + right.Integrals[index];
            return;
        }
        Refine(start, length / 2, depth + 1, left, startScore, whole.MiddleScore, integrals);
        Refine(start + length / 2, length / 2, depth + 1, right, whole.MiddleScore, endScore, integrals);
    }

    /// <summary>The integrals over parts side by side, all of the same length.</summary>
    private void Evaluate(double start, double length, ReadOnlySpan<Part> parts)
    {
        int pointCount = parts.Length * Nodes.Length;
        for (int point = 0; point < pointCount; point++)
            _path.Write(_points, point, pointCount, start + (point / Nodes.Length + Nodes[point % Nodes.Length]) * length);
        Span<double> gradients = _gradients.AsSpan(0, pointCount * _path.From.Length);
        _function.Evaluate(_path, _points.AsSpan(0, gradients.Length), _output, _scores.AsSpan(0, pointCount), gradients);
        PointCount += pointCount;
        for (int part = 0; part < parts.Length; part++)
        {
            parts[part].MiddleScore = _scores[part * Nodes.Length + 1];
            Array.Clear(parts[part].Integrals);
            for (int block = 0; block < _path.BlockCount; block++)
                AddBlock(block, part * Nodes.Length, pointCount, length, parts[part].Integrals);
        }
    }

    /// <summary>Adds what the coordinates of a block contribute on the part whose points begin with a given one.</summary>
    private void AddBlock(int block, int point, int pointCount, double length, double[] integrals)
    {
        (int start, int count) = _path.Block(block);
        ReadOnlySpan<double> from = _path.From.Slice(start, count), to = _path.To.Slice(start, count);
        ReadOnlySpan<int> contributors = _path.Contributors.Slice(start, count);
        ReadOnlySpan<int> others = start < _path.OtherContributors.Length ? _path.OtherContributors.Slice(start, count) : [];
        ReadOnlySpan<double> gradients = _gradients.AsSpan(start * pointCount + point * count, Nodes.Length * count);
        for (int index = 0; index < count; index++)
        {
            double sum = 0;
            for (int node = 0; node < Nodes.Length; node++)
                sum += NodeWeights[node] * gradients[node * count + index];
            double contribution = sum * length * (to[index] - from[index]);
            if (!others.IsEmpty && others[index] >= 0)
            {
                contribution /= 2;
                integrals[others[index]] += contribution;
            }
            integrals[contributors[index]] += contribution;
        }
    }

    /// <summary>Room for the line, whose numbers of coordinates and contributors change with the sparse slots.</summary>
    private void Reserve()
    {
        int valueCount = PointsAtOnce * _path.From.Length, contributorCount = _path.Slots.Length;
        if (_points.Length < valueCount)
            (_points, _gradients) = (new double[valueCount], new double[valueCount]);
        if (_first.Length > 0 && _first[0].Integrals.Length == contributorCount)
            return;
        _first = [.. Enumerable.Range(0, FirstPartCount).Select(_ => new Part(contributorCount))];
        _halves.Clear();
    }

    /// <summary>What is known of a part of the line.</summary>
    private sealed class Part(int contributorCount)
    {
        /// <summary>One per contributor.</summary>
        public double[] Integrals { get; } = new double[contributorCount];

        /// <summary>Half way.</summary>
        public double MiddleScore { get; set; }

        /// <summary>By how much the integrals miss the difference of the scores at the ends.</summary>
        public double Gap(double startScore, double endScore) => Math.Abs(Integrals.Sum() - (endScore - startScore));
    }
}
