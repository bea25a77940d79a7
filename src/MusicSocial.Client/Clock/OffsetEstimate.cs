namespace MusicSocial.Client.Clock;

/// <summary>
/// What is known of the hub's clock after some bursts: a two-state Kalman filter over offset and drift, the same as the web
/// client's. Immutable; milliseconds throughout.
/// </summary>
internal sealed record OffsetEstimate
{
    private const double DriftPrior = 100e-6;

    /// <summary>How much the drift itself may wander, per second: temperature, not electronics.</summary>
    private const double DriftWalk = 0.05e-6;

    /// <summary>No two machines part faster than that: what is further off is another clock.</summary>
    private const double PlausibleDrift = 1e-3;

    private const double GateSigmas = 3;
    private const int RejectsBeforeRestart = 3;

    private double _offset;
    private double _drift;
    private double _atMs;
    private double _varOffset;
    private double _covariance;
    private double _varDrift;
    private int _rejects;
    private int _rejectSide;

    private OffsetEstimate()
    {
    }

    /// <summary>The smallest round trip seen; half of it is the error that cannot be measured, since a path may be slower one way.</summary>
    public double SmallestRoundTripMs { get; private init; }

    /// <summary>How much faster the hub's clock runs than this machine's; 1e-6 is one part per million.</summary>
    public double Drift => _drift;

    public static OffsetEstimate First(ProbeBurst burst) => new()
    {
        _offset = burst.OffsetMs,
        _atMs = burst.AtMs,
        _varOffset = Math.Pow(SigmaOf(burst, burst.RoundTripMs), 2),
        _varDrift = DriftPrior * DriftPrior,
        SmallestRoundTripMs = burst.RoundTripMs,
    };

    /// <summary>Hub clock minus this machine's.</summary>
    public double OffsetAt(double localMs) => _offset + (_drift * (localMs - _atMs));

    /// <summary>One standard deviation of <see cref="OffsetAt"/>.</summary>
    public double SigmaAt(double localMs)
    {
        var elapsed = localMs - _atMs;
        return Math.Sqrt(_varOffset + (2 * elapsed * _covariance) + (elapsed * elapsed * _varDrift));
    }

    /// <summary>This and one more burst. What disagrees too much is not believed until it is said three times.</summary>
    public OffsetEstimate With(ProbeBurst burst)
    {
        if (IsAnotherClock(burst))
            return First(burst);
        var smallest = Math.Min(SmallestRoundTripMs, burst.RoundTripMs);
        var sigma = SigmaOf(burst, smallest);
        var predicted = At(burst.AtMs).OverPathOf(smallest);
        var surprise = burst.OffsetMs - predicted._offset;
        var variance = predicted._varOffset + (sigma * sigma);
        return Math.Abs(surprise) > GateSigmas * Math.Sqrt(variance)
            ? predicted.Doubting(burst, Math.Sign(surprise))
            : predicted.Learning(surprise, variance);
    }

    private static double SigmaOf(ProbeBurst burst, double smallestRoundTripMs) =>
        0.15 + ((burst.RoundTripMs - smallestRoundTripMs) / 2) + (0.02 * smallestRoundTripMs);

    // An answer lies by half its round trip at most. Beyond what both may lie the hub's clock, or this machine's, was replaced.
    private bool IsAnotherClock(ProbeBurst burst)
    {
        var mayBe = (burst.RoundTripMs / 2) + (SmallestRoundTripMs / 2) + (GateSigmas * SigmaAt(burst.AtMs)) +
            (PlausibleDrift * Math.Max(0, burst.AtMs - _atMs));
        return Math.Abs(burst.OffsetMs - OffsetAt(burst.AtMs)) > mayBe;
    }

    private OffsetEstimate At(double localMs)
    {
        var elapsed = localMs - _atMs;
        return elapsed <= 0
            ? this
            : this with
            {
                _offset = _offset + (_drift * elapsed),
                _varOffset = _varOffset + (2 * elapsed * _covariance) + (elapsed * elapsed * _varDrift),
                _covariance = _covariance + (elapsed * _varDrift),
                _varDrift = _varDrift + (DriftWalk * DriftWalk * elapsed / 1_000),
                _atMs = localMs,
            };
    }

    // A quicker path shows that what was learnt before may have been wrong by what it was slower.
    private OffsetEstimate OverPathOf(double smallestRoundTripMs) => this with
    {
        SmallestRoundTripMs = smallestRoundTripMs,
        _varOffset = _varOffset + Math.Pow((SmallestRoundTripMs - smallestRoundTripMs) / 2, 2),
    };

    private OffsetEstimate Learning(double surprise, double variance)
    {
        var gainOffset = _varOffset / variance;
        var gainDrift = _covariance / variance;
        return this with
        {
            _offset = _offset + (gainOffset * surprise),
            _drift = _drift + (gainDrift * surprise),
            _varDrift = _varDrift - (gainDrift * _covariance),
            _covariance = _covariance * (1 - gainOffset),
            _varOffset = _varOffset * (1 - gainOffset),
            _rejects = 0,
        };
    }

    private OffsetEstimate Doubting(ProbeBurst burst, int side)
    {
        var rejects = side == _rejectSide ? _rejects + 1 : 1;
        return rejects >= RejectsBeforeRestart ? First(burst) : this with { _rejects = rejects, _rejectSide = side };
    }
}
