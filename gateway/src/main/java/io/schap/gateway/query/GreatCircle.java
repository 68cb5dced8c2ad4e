package io.schap.gateway.query;

/** Distances over a sphere of radius 6,371.0 km, by the haversine formula, which is exact for near points too. */
final class GreatCircle {

    private static final double RADIUS_KM = 6_371.0;

    private GreatCircle() {}

    /**
     * The distance of two points.
     *
     * @param latitude1  degrees.
     * @param longitude1 degrees.
     * @param latitude2  degrees.
     * @param longitude2 degrees.
     * @return kilometres.
     */
    static double km(final double latitude1, final double longitude1, final double latitude2, final double longitude2) {
        final double phi1 = Math.toRadians(latitude1);
        final double phi2 = Math.toRadians(latitude2);
        final double sinPhi = Math.sin((phi2 - phi1) / 2);
        final double sinLambda = Math.sin(Math.toRadians(longitude2 - longitude1) / 2);
        final double h = sinPhi * sinPhi + Math.cos(phi1) * Math.cos(phi2) * sinLambda * sinLambda;
        return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
