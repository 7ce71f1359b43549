using System.Globalization;

namespace Rhytid.Training.Plots;

/// <summary>The axes of a chart: from values to places in the picture, with a grid and labels.</summary>
internal sealed class ChartFrame
{
    public const double Width = 560;
    public const double Height = 270;

    private const double Left = 66;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 44;
    private const int MostStepsX = 8;
    private const int MostStepsY = 6;

    private readonly (double Low, double High, double Step) _x;
    private readonly (double Low, double High, double Step) _y;

    public ChartFrame((double Low, double High) x, (double Low, double High) y, bool wholeX = false, bool wholeY = false)
    {
        _x = (x.Low, x.High > x.Low ? x.High : x.Low + 1, 0);
        _x.Step = AxisSteps.For(_x.High - _x.Low, MostStepsX);
        if (wholeX)
            _x.Step = Math.Max(1, _x.Step);
        var high = y.High > y.Low ? y.High : y.Low + (y.Low == 0 ? 1 : Math.Abs(y.Low));
        // Zero belongs to the axis unless that would squeeze the line into a corner.
        var low = y.Low >= 0 && y.Low < 0.5 * high ? 0 : y.Low;
        var step = AxisSteps.For(high - low, MostStepsY);
        if (wholeY)
            step = Math.Max(1, step);
        _y = (Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    public static double Floor => Height - Bottom;

    public static double Ceiling => Top;

    public double X(double value) => Left + ((value - _x.Low) / (_x.High - _x.Low) * (Width - Left - Right));

    public double Y(double value) =>
        Height - Bottom - ((value - _y.Low) / (_y.High - _y.Low) * (Height - Top - Bottom));

    /// <summary>The chart with something drawn on its axes.</summary>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="xLabel">Under the axis.</param>
    /// <param name="yLabel">Beside the axis.</param>
    /// <param name="content">Drawn over the grid.</param>
    public Html Draw(string title, string xLabel, string yLabel, Html content) => Html.Format(
        $"""
        <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{title}">
        {Content(xLabel, yLabel, content)}
        </svg>
        """);

    /// <summary>As <see cref="Draw"/>, to stand inside a larger picture.</summary>
    public Html Content(string xLabel, string yLabel, Html content) => Html.Format(
        $"""
        {Rows()}{Columns()}
        <text class="axis" text-anchor="middle" x="{Place((Left + Width - Right) / 2)}" y="{Place(Height - 6)}">{xLabel}</text>
        <text class="axis" text-anchor="middle" transform="translate(12 {Place((Top + Height - Bottom) / 2)}) rotate(-90)">{yLabel}</text>
        {content}
        """);

    /// <summary>A bar of a histogram; nothing where the count is 0.</summary>
    public Html Bar(double from, double to, int count) => count == 0 ? Html.Empty : Html.Format(
        $"""<rect class="bar" x="{Place(X(from) + 1)}" y="{Place(Y(count))}" width="{Place(Math.Max(1, X(to) - X(from) - 2))}" height="{Place(Floor - Y(count))}"><title>{from:0.00} to {to:0.00}: {count}</title></rect>""");

    /// <summary>A place in the picture as text.</summary>
    public static string Place(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private Html Rows() => Html.Join(Ticks(_y).Select(value => Html.Format(
        $"""
        <line class="grid" x1="{Place(Left)}" x2="{Place(Width - Right)}" y1="{Place(Y(value))}" y2="{Place(Y(value))}"/><text class="tick" text-anchor="end" x="{Place(Left - 7)}" y="{Place(Y(value) + 4)}">{Label(value, _y.Step)}</text>
        """)));

    private Html Columns() => Html.Join(Ticks(_x).Select(value => Html.Format(
        $"""
        <line class="notch" x1="{Place(X(value))}" x2="{Place(X(value))}" y1="{Place(Floor)}" y2="{Place(Floor + 4)}"/><text class="tick" text-anchor="middle" x="{Place(X(value))}" y="{Place(Floor + 18)}">{Label(value, _x.Step)}</text>
        """)));

    private static IEnumerable<double> Ticks((double Low, double High, double Step) axis)
    {
        var first = (int)Math.Ceiling((axis.Low / axis.Step) - 1e-9);
        var last = (int)Math.Floor((axis.High / axis.Step) + 1e-9);
        return Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(i => i * axis.Step);
    }

    // Learning rates are small: 0.00002 is hard to count.
    private static string Label(double value, double step) =>
        value == 0
            ? "0"
            : step < 1e-3 || step >= 1e5
                ? value.ToString("0.##e-0", CultureInfo.InvariantCulture)
                : AxisSteps.Label(value, step);
}
