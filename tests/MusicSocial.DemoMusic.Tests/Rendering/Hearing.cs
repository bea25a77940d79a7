using MusicSocial.DemoMusic.Rendering;

namespace MusicSocial.DemoMusic.Tests.Rendering;

/// <summary>Ears for tests: pitch, attacks and energy of a recording's first channel.</summary>
internal sealed class Hearing(Wave wave)
{
    private readonly float[] _samples = [.. Enumerable.Range(0, wave.Samples.Length / wave.Channels).Select(i => wave.Samples[i * wave.Channels])];

    public float Peak => _samples.Max(Math.Abs);

    /// <summary>How strongly a pure tone sounds between two times (Goertzel's filter, Hann window).</summary>
    public double Tone(double hertz, double from, double to)
    {
        var (start, end) = (At(from), At(to));
        var coefficient = 2 * Math.Cos(2 * Math.PI * hertz / wave.Rate);
        double before = 0, last = 0;
        for (var i = start; i < end; i++)
        {
            var window = 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i - start) / (end - start));
            (before, last) = (last, _samples[i] * window + coefficient * last - before);
        }
        return Math.Sqrt(before * before + last * last - coefficient * before * last) / (end - start);
    }

    /// <summary>Root mean square between two times.</summary>
    public double Energy(double from, double to)
    {
        double sum = 0;
        for (var i = At(from); i < At(to); i++)
            sum += _samples[i] * _samples[i];
        return Math.Sqrt(sum / Math.Max(1, At(to) - At(from)));
    }

    /// <summary>When, within <paramref name="reach"/> of the expected time, the sound's edge rises most steeply: the attack of a struck note.</summary>
    public double Attack(double expected, double reach)
    {
        const double Step = 0.001;
        const double Window = 0.006;
        var (best, steepest) = (expected, double.MinValue);
        for (var time = expected - reach; time <= expected + reach; time += Step)
        {
            var rise = Edge(time, time + Window) - Edge(time - Window, time);
            if (rise > steepest)
                (best, steepest) = (time, rise);
        }
        return best;
    }

    /// <summary>The fundamental by autocorrelation, in hertz.</summary>
    public double Fundamental(double from, double to, double lowest, double highest)
    {
        var (start, end) = (At(from), At(to));
        var (best, strongest) = (0, double.MinValue);
        for (var lag = (int)(wave.Rate / highest); lag <= wave.Rate / lowest; lag++)
        {
            double sum = 0;
            for (var i = start; i + lag < end; i++)
                sum += _samples[i] * _samples[i + lag];
            sum /= end - start - lag;
            if (sum > strongest)
                (best, strongest) = (lag, sum);
        }
        return wave.Rate / (double)best;
    }

    /// <summary>How long, before the last chord rings out, the sound stays below a level (seconds).</summary>
    public double LongestSilence(double level)
    {
        const double Window = 0.05;
        double longest = 0, current = 0;
        for (var time = 0.0; time + Window < wave.Seconds - SongRenderer.TailSeconds; time += Window)
        {
            current = Energy(time, time + Window) < level ? current + Window : 0;
            longest = Math.Max(longest, current);
        }
        return longest;
    }

    private double Edge(double from, double to)
    {
        double sum = 0;
        for (var i = At(from) + 1; i < At(to); i++)
            sum += Math.Pow(_samples[i] - _samples[i - 1], 2);
        return Math.Sqrt(sum);
    }

    private int At(double seconds) => Math.Clamp((int)(seconds * wave.Rate), 0, _samples.Length);
}
