namespace MusicSocial.Server.Catalog.Measuring;

/// <summary>How loud a recording is, after EBU R128.</summary>
/// <param name="Loudness">Integrated over the whole, LUFS; above -70.</param>
/// <param name="Peak">True peak, dB relative to full scale; above 0 where the wave goes higher between the samples.</param>
internal sealed record MeasuredLoudness(double Loudness, double Peak);
